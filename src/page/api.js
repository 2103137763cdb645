// The public API: `s_gi`, `AppMeasurement` and the tracker object `s`. `s` is a plain object whose methods are its own
// properties, because real sites rely on that.

import { registerCallback } from "./callbacks.js";
import { outcome, parkFunction, prepareCall, reportError, rethrow } from "./calls.js";
import { attach, core } from "./core.js";
import { addMap, clean, watchClicks, withElement } from "./elements.js";
import { addLegacyMembers, runQueue } from "./legacy.js";
import { callWith, decodePercent, setArguments } from "./mailbox.js";
import { escapeNul, setVariables, trackers, write } from "./properties.js";
import { doPostbacks, loadModule } from "./services.js";

const page = /** @type {any} */ (globalThis);

/** After this time `callbackWhenReadyToTrack` looks whether the tracker is ready. */
const READY_POLL_MS = 100;

/** No error of ours reaches the page. @param {(...list: any[]) => any} act */
const safe =
  (act) =>
  (/** @type {any[]} */ ...list) => {
    try {
      return act(...list);
    } catch (error) {
      reportError(error, false);
    }
  };

/** Sets one method under several names. @param {any} object @param {string} names @param {(...list: any[]) => any} act */
const define = (object, names, act) => {
  for (const name of names.split(",")) object[name] = act;
};

/** Adds an object to the list in which other scripts look for it. @param {any} object @param {string} kind */
const addInstance = (object, kind) => {
  let list = page.s_c_il;
  if (!Array.isArray(list) || !Object.isExtensible(list))
    write(page, "s_c_il", (list = [].concat(list ?? [])));
  object._c = kind;
  object._il = list;
  object._in = list.length;
  write(page, "s_c_in", list.push(object));
};

/** `s.Util`. @param {any} s @param {number} id */
const util = (s, id) => ({
  urlEncode: safe((value) => (value ? callWith(core.encode, escapeNul(value)) : value)),
  urlDecode: safe((value) => (value ? decodePercent(0, `${value}`) : value)),
  cookieRead: safe((name) => decodePercent(0, callWith(core.readCookie, escapeNul(name)))),
  cookieWrite: safe((name, value, expires) => {
    setArguments(escapeNul(name || ""), escapeNul(value));
    const secondsLeft = (+new Date(expires) - Date.now()) / 1e3;
    return !!core.writeCookie(id, expires === 1 ? 1 : expires ? 2 : 0, secondsLeft);
  }),
  getQueryParam: safe((name, address, delimiter) =>
    decodePercent(
      0,
      callWith(
        core.queryParameter,
        `${address || ""}`,
        `${s.pageURL || ""}`,
        location.href,
        `${name ?? ""}`,
        `${delimiter || ""}`,
      ),
    ),
  ),
});

/** @param {any} s @param {number} id */
const addMethods = (s, id) => {
  const safely = (/** @type {string} */ names, /** @type {(...list: any[]) => any} */ act) =>
    define(s, names, safe(act));
  const send = safe(() => withElement(0, () => core.t(id)));
  /** @param {any} overrides @param {any} [action] @param {any} [link] */
  const track = (overrides, action, link) => {
    prepareCall(overrides, action, link);
    send();
    rethrow();
  };
  const applySettings = safe((settings) => setVariables(s, settings));
  define(s, "t,track", (overrides, settings) => {
    applySettings(settings);
    track(overrides);
  });
  define(s, "tl,trackLink", (linkObject, linkType, linkName, overrides, action) => {
    track(overrides, action, [linkObject, linkType, linkName]);
  });
  safely("trackLight", (lightProfileID, lightStoreForSeconds, lightIncrementBy, overrides) => {
    Object.assign(s, { lightProfileID, lightStoreForSeconds, lightIncrementBy });
    s.t(overrides);
  });
  safely("clearVars", () => core.clearVars(id));
  safely("sa,setAccount", (suites) => {
    setArguments(`${suites ?? ""}`);
    core.sa(id);
    if (suites) {
      const list = `${suites}`.split(",");
      s.allAccounts = s.allAccounts?.concat ? [...new Set(s.allAccounts.concat(list))].sort() : list;
    }
  });
  safely("outcome", () => outcome(id));
  safely("registerPreTrackCallback", (...list) => registerCallback(core.registerPreTrackCallback, id, list));
  safely("registerPostTrackCallback", (...list) =>
    registerCallback(core.registerPostTrackCallback, id, list),
  );
  safely("registerTrackFailureCallback", (...list) =>
    registerCallback(core.registerTrackFailureCallback, id, list),
  );
  safely("bufferRequests", (on) => core.bufferRequests(id, on !== false));
  safely("forceOffline", () => core.forceOffline(id, true));
  safely("forceOnline", () => core.forceOffline(id, false));
  safely("isReadyToTrack", () => !!core.isReadyToTrack(id));
  safely("callbackWhenReadyToTrack", (object, act, list) => {
    const run = () => act.apply(object, list);
    parkFunction(id, run);
    // Without WebAssembly the answer is a negative number: nothing is waited for.
    setTimeout(() => /** @type {any} */ (core.resume(id)) < 0 && run(), READY_POLL_MS);
  });
  safely("delayReady", () => core.delayReady(id));
  safely("loadModule", (name, onLoad) => loadModule(id, name, onLoad));
  safely("doPostbacks", (data) => doPostbacks(id, data));
};

/** `s.ActivityMap`. @param {any} s @param {number} id */
const activityMap = (s, id) => {
  const map = { s };
  addInstance(map, "s_m");
  // Most hits have no link. A name without text hides the element's own.
  define(map, "link", (element, name) => {
    const given = clean(name);
    return (
      (name ? given : element) &&
      (withElement(element, () => callWith(() => core.linkName(id), given)) || undefined)
    );
  });
  define(
    map,
    "region",
    (element) => withElement(element, () => callWith(() => core.linkRegion(id))) || undefined,
  );
  addMap(map);
  return map;
};

/** Makes the API over the exports of the core. @param {import("./types.d.ts").Core} exports */
export const install = (exports) => {
  attach(exports);

  /** @this {any} @param {any} suites */
  function AppMeasurement(suites) {
    if (!new.target) return new /** @type {any} */ (AppMeasurement)(suites);
    const s = this;
    const id = trackers.push(s) - 1;
    if (!id) watchClicks();
    addInstance(s, "s_c");
    s.ssl = location.protocol == "https:";
    // Pages write into it, even where WebAssembly is refused and the core sets no defaults.
    s.contextData = {};
    addMethods(s, id);
    s.Util = util(s, id);
    addLegacyMembers(s, id, safe);
    s.ActivityMap = activityMap(s, id);
    core.addTracker(id);
    s.sa(suites);
  }

  const s_gi = safe((suites) => {
    // A second copy of the script on the page finds the trackers of the first. The H generation has its suites in `oun`.
    const sharesSuite = (/** @type {any} */ other) => {
      if (other?._c != "s_c") return;
      setArguments(`${other.allAccounts || other.account || other.oun}`, `${suites}`);
      return core.sharesSuite();
    };
    const s = trackers.concat(page.s_c_il).find(sharesSuite);
    if (!s) return new /** @type {any} */ (AppMeasurement)(suites);
    s.setAccount?.(suites);
    return s;
  });
  AppMeasurement.getInstance = s_gi;
  return { s_gi, AppMeasurement, s_pgicq: safe(() => runQueue(s_gi)) };
};
