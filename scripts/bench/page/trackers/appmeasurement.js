// Scripts with AppMeasurement's API: afterhit and the peer.
import { value, variables } from "../variables.js";

/** @type {any} */
let s;

/** @type {import("../main.js").Tracker} */
export const tracker = {
  start() {
    s = /** @type {any} */ (globalThis).s_gi("benchsuite");
    s.trackingServer = s.trackingServerSecure = new URLSearchParams(location.search).get("collector");
    s.charSet = "UTF-8";
    s.currencyCode = "EUR";
    s.trackDownloadLinks = s.trackExternalLinks = true;
    s.linkInternalFilters = location.hostname;
    s.linkDownloadFileTypes = "pdf,zip,docx";
    s.linkTrackVars = "prop1,eVar1,eVar2,events";
    s.linkTrackEvents = "event1";
    // Otherwise, afterhit ignores calls beyond its rate limit.
    s.maxHitsPer10Seconds = 1_000_000;
  },
  preparePage(count, hit) {
    for (const [name, text] of variables(count, hit)) s[name] = text;
    return () => s.t();
  },
  prepareLink(hit) {
    s.prop1 = value("prop1", hit);
    s.eVar1 = value("eVar1", hit);
    s.eVar2 = value("eVar2", hit);
    s.events = "event1";
    return () => s.tl(true, "o", `link ${hit}`);
  },
  version: () => s.afterhit ?? s.version,
};
