// The object `s` that a page works with: a plain one, its methods its own properties, as real sites rely on.

import { decode, outcome, report, rethrow } from "./calls.js";
import { attach, core } from "./core.js";
import { watch } from "./elements.js";
import { text, trackers } from "./object.js";
import { loadModule } from "./services.js";

/** @typedef {any} Any what a page may hand over */

const page = /** @type {any} */ (globalThis);

/** No error of ours reaches the page. @param {(...list: any[]) => any} act */
const safe =
  (act) =>
  (/** @type {any[]} */ ...list) => {
    try {
      return act(...list);
    } catch (error) {
      report(error, false);
    }
  };

/** The same under several names. @param {any} object @param {string} names @param {(...list: any[]) => any} act */
const define = (object, names, act) => {
  for (const name of names.split(",")) object[name] = act;
};

/** Puts an object where other scripts look for it. @param {any} object @param {string} kind */
const register = (object, kind) => {
  const list = (page.s_c_il ??= []);
  object._c = kind;
  object._il = list;
  object._in = list.length;
  page.s_c_in = list.push(object);
};

/** The cookies' and addresses' helpers. @param {any} s @param {number} n */
const util = (s, n) => ({
  urlEncode: (/** @type {Any} */ value) => (value ? core.encode(text(value)) : value),
  urlDecode: (/** @type {Any} */ value) => (value ? decode(`${value}`) : value),
  cookieRead: (/** @type {Any} */ name) => decode(core.readCookie(text(name))),
  cookieWrite: (/** @type {Any} */ name, /** @type {Any} */ value, /** @type {Any} */ expires) =>
    core.writeCookie(n, text(name), text(value ?? ""), seconds(expires)),
  getQueryParam: (/** @type {Any} */ name, /** @type {Any} */ address, /** @type {Any} */ delimiter) =>
    decode(
      core.queryParameter(`${address || s.pageURL || location}`, `${name ?? ""}`, `${delimiter || "&"}`),
    ),
});

/** A lifetime from a date: none for the session, anything else but a date for ever. @param {any} expires */
const seconds = (expires) => {
  if (!expires) return 0;
  const left = (expires - Date.now()) / 1e3;
  return expires.getTime ? Math.min(left, 2e9) || -1 : 2e9;
};

/** @param {any} s @param {number} n */
const methods = (s, n) => {
  const safely = (/** @type {string} */ names, /** @type {(...list: any[]) => any} */ act) =>
    define(s, names, safe(act));
  const track = safe((overrides) => core.t(n, overrides));
  const link = safe((...list) => core.tl(n, .../** @type {[any, any, any, any, any]} */ (list)));
  define(s, "t,track", (overrides) => {
    track(overrides);
    rethrow();
  });
  define(s, "tl,trackLink", (...[element, kind, name, overrides, action]) => {
    link(element, kind, name, overrides, action);
    rethrow();
  });
  safely("trackLight", (lightProfileID, lightStoreForSeconds, lightIncrementBy, overrides) => {
    Object.assign(s, { lightProfileID, lightStoreForSeconds, lightIncrementBy });
    s.t(overrides);
  });
  safely("clearVars", () => core.clearVars(n));
  safely("sa,setAccount", (suites) => core.sa(n, `${suites ?? ""}`));
  safely("outcome", () => outcome(n));
  safely("registerPreTrackCallback", (...list) => core.registerPreTrackCallback(n, list));
  safely("registerPostTrackCallback", (...list) => core.registerPostTrackCallback(n, list));
  safely("registerTrackFailureCallback", (...list) => core.registerTrackFailureCallback(n, list));
  safely("bufferRequests", (on) => core.holdBack(n, true, on !== false));
  safely("forceOffline", () => core.holdBack(n, false, true));
  safely("forceOnline", () => core.holdBack(n, false, false));
  safely("isReadyToTrack", () => core.mayTrack(n));
  safely("callbackWhenReadyToTrack", function ready(object, act, list) {
    if (core.mayTrack(n)) act.apply(object, list);
    else setTimeout(ready, 99, object, act, list);
  });
  safely("delayReady", () => core.undelay(n, false));
  safely("loadModule", (name, onLoad) => loadModule(n, name, onLoad));
  safely("doPostbacks", (data) => s.AudienceManagement?.passData?.(data));
};

/** @param {any} s @param {number} n */
const activityMap = (s, n) => {
  const map = { s };
  register(map, "s_m");
  define(map, "link", (element, name) => core.linkName(element, text(name ?? "")));
  define(map, "region", (element) => core.linkRegion(n, element));
  return map;
};

/** Lets the core drive trackers of this page. @param {import("./types.d.ts").Core} exports */
export const install = (exports) => {
  attach(exports);

  /** @this {any} @param {Any} suites */
  function AppMeasurement(suites) {
    const s = this;
    const n = trackers.push(s) - 1;
    if (!n) watch();
    register(s, "s_c");
    s.version = core.version();
    s.ssl = location.protocol == "https:";
    s.contextData = {};
    s.writeSecureCookies = s.collectHighEntropyUserAgentHints = false;
    methods(s, n);
    s.Util = util(s, n);
    s.c_r = s.cookieRead = s.Util.cookieRead;
    s.c_w = s.cookieWrite = s.Util.cookieWrite;
    s.ActivityMap = activityMap(s, n);
    core.addTracker(n);
    s.sa(suites);
  }

  const s_gi = safe((suites) => {
    const n = core.findTracker(`${suites ?? ""}`);
    // A second copy of the script on the page finds the trackers of the first.
    const known = (/** @type {any} */ one) =>
      one._c == "s_c" && core.sharesSuite(`${one.account}`, `${suites}`);
    const s = trackers[n] ?? page.s_c_il?.find(known);
    if (!s) return new /** @type {any} */ (AppMeasurement)(suites);
    s.sa(suites);
    return s;
  });
  AppMeasurement.getInstance = s_gi;
  return { s_gi, AppMeasurement };
};
