// The object `s` that a page works with: a plain one, its methods its own properties, as real sites rely on.

import { comeWith, outcome, report, rethrow } from "./calls.js";
import { attach, core } from "./core.js";
import { watch, withElement } from "./elements.js";
import { registerBy } from "./functions.js";
import { setLink, text, trackers } from "./object.js";
import { loadModule } from "./services.js";
import { decode, give, replyOf } from "./texts.js";

const page = /** @type {any} */ (globalThis);

/** No error of ours reaches the page. @param {(...list: any[]) => any} act */
const safe =
  (act) =>
  (/** @type {any[]} */ ...list) => {
    try {
      return act(...list);
    } catch (error) {
      report(error, 0);
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
  urlEncode: safe((value) => (value ? replyOf(core.encode, text(value)) : value)),
  urlDecode: safe((value) => (value ? decode(0, `${value}`) : value)),
  cookieRead: safe((name) => decode(0, replyOf(core.readCookie, text(name)))),
  cookieWrite: safe((name, value, expires) => {
    give(text(name), text(value ?? ""));
    return !!core.writeCookie(n, seconds(expires));
  }),
  getQueryParam: safe((name, address, delimiter) =>
    decode(
      0,
      replyOf(
        core.queryParameter,
        `${address || s.pageURL || location}`,
        `${name ?? ""}`,
        `${delimiter || "&"}`,
      ),
    ),
  ),
});

/** Whole seconds from now to a date, less than 0 when there are none; 0, for the session, without a date. @param {any} expires */
const seconds = (expires) => {
  if (!expires) return 0;
  const left = (expires - Date.now()) / 1e3;
  return expires.getTime ? (left < 1 ? -1 : Math.min(left, 2e9)) : 2e9;
};

/** @param {any} s @param {number} n */
const methods = (s, n) => {
  const safely = (/** @type {string} */ names, /** @type {(...list: any[]) => any} */ act) =>
    define(s, names, safe(act));
  const call = safe((track) => withElement(0, () => track(n)));
  define(s, "t,track", (overrides) => {
    comeWith(overrides);
    call(core.t);
    rethrow();
  });
  define(s, "tl,trackLink", (linkObject, linkType, linkName, overrides, action) => {
    setLink(n, linkObject, linkType, linkName);
    const follow = () => location.assign(linkObject.href);
    comeWith(overrides, action && (typeof action == "function" ? () => action() : follow));
    call(core.tl);
    rethrow();
  });
  safely("trackLight", (lightProfileID, lightStoreForSeconds, lightIncrementBy, overrides) => {
    Object.assign(s, { lightProfileID, lightStoreForSeconds, lightIncrementBy });
    s.t(overrides);
  });
  safely("clearVars", () => core.clearVars(n));
  safely("sa,setAccount", (suites) => {
    give(`${suites ?? ""}`);
    core.sa(n);
  });
  safely("outcome", () => outcome(n));
  safely("registerPreTrackCallback", (...list) => registerBy(core.registerPreTrackCallback, n, list));
  safely("registerPostTrackCallback", (...list) => registerBy(core.registerPostTrackCallback, n, list));
  safely("registerTrackFailureCallback", (...list) => registerBy(core.registerTrackFailureCallback, n, list));
  safely("bufferRequests", (on) => core.holdBack(n, true, on !== false));
  safely("forceOffline", () => core.holdBack(n, false, true));
  safely("forceOnline", () => core.holdBack(n, false, false));
  safely("isReadyToTrack", () => !!core.mayTrack(n));
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
  define(map, "link", (element, name) =>
    withElement(element, () => replyOf(core.linkName, text(name ?? ""))),
  );
  define(map, "region", (element) => withElement(element, () => replyOf(() => core.linkRegion(n))));
  return map;
};

/** Lets the core drive trackers of this page. @param {import("./types.d.ts").Core} exports */
export const install = (exports) => {
  attach(exports);

  /** @this {any} @param {any} suites */
  function AppMeasurement(suites) {
    if (!new.target) return new /** @type {any} */ (AppMeasurement)(suites);
    const s = this;
    const n = trackers.push(s) - 1;
    if (!n) watch();
    register(s, "s_c");
    s.version = replyOf(core.version);
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
    give(`${suites ?? ""}`);
    const n = core.findTracker();
    // A second copy of the script on the page finds the trackers of the first.
    const known = (/** @type {any} */ one) => {
      give(`${one.account}`, `${suites}`);
      return one._c == "s_c" && core.sharesSuite();
    };
    // The place -1 would be a name, "-1": such a name can make V8 take 64 KB for names like that.
    const s = n < 0 ? page.s_c_il?.find(known) : trackers[n];
    if (!s) return new /** @type {any} */ (AppMeasurement)(suites);
    s.sa(suites);
    return s;
  });
  AppMeasurement.getInstance = s_gi;
  return { s_gi, AppMeasurement };
};
