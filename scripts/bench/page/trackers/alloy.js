// @adobe/alloy, set up as by its base code; variables are in the fields that Adobe Analytics reads.
import { value, variables } from "../variables.js";

/** @type {any} */
const page = globalThis;

/** Calls are queued here until the script has loaded. */
page.__alloyNS = ["alloy"];
page.alloy = (/** @type {unknown[]} */ ...args) =>
  new Promise((resolve, reject) => page.alloy.q.push([resolve, reject, args]));
page.alloy.q = [];

/** @param {[string, string][]} pairs */
const customDimensions = (pairs) => ({
  props: Object.fromEntries(pairs.filter(([name]) => name.startsWith("prop"))),
  eVars: Object.fromEntries(pairs.filter(([name]) => name.startsWith("eVar"))),
});

/** @type {import("../main.js").Tracker} */
export const tracker = {
  start() {
    page.alloy("configure", {
      datastreamId: "bench",
      orgId: "BENCH@AdobeOrg",
      edgeDomain: new URLSearchParams(location.search).get("collector"),
      defaultConsent: "in",
      thirdPartyCookiesEnabled: false,
      clickCollectionEnabled: false,
    });
  },
  preparePage(count, hit) {
    const all = variables(count, hit);
    const { pageName: name, channel: siteSection } = Object.fromEntries(all);
    const xdm = {
      eventType: "web.webpagedetails.pageViews",
      web: { webPageDetails: { name, siteSection, pageViews: { value: 1 } } },
      _experience: {
        analytics: { event1to100: { event1: { value: 1 } }, customDimensions: customDimensions(all) },
      },
    };
    return () => page.alloy("sendEvent", { xdm });
  },
  prepareLink(hit) {
    /** @type {[string, string][]} */
    const pairs = ["prop1", "eVar1", "eVar2"].map((name) => [name, value(name, hit)]);
    const xdm = {
      eventType: "web.webinteraction.linkClicks",
      web: { webInteraction: { name: `link ${hit}`, type: "other", linkClicks: { value: 1 } } },
      _experience: {
        analytics: { event1to100: { event1: { value: 1 } }, customDimensions: customDimensions(pairs) },
      },
    };
    return () => page.alloy("sendEvent", { xdm });
  },
};
