// What AppMeasurement's `s` has beside its documented members: plug-ins, tag containers and scripts of other vendors use it.

import { core } from "./core.js";
import { callWith } from "./mailbox.js";
import { nameOf, setVariables, trackers } from "./properties.js";

/**
 * Takes over what a tag container has gathered while the tracker was loading: variables, settings, modules with their settings and
 * calls, tracking calls.
 * @param {any} s @param {any} container
 */
const takeOver = (s, container) => {
  setVariables(s, container);
  for (const { n } of container.lmq ?? []) s.loadModule(n);
  for (const name in container.ml) {
    for (const key in s[name] && container.ml[name]) {
      const value = container.ml[name][key];
      // The container's own functions only queue calls.
      if (typeof value != "function" || !`${value}`.includes("s_c_il")) s[name][key] = value;
    }
  }
  for (const { m, f, a } of container.mmq ?? []) s[m]?.[f]?.(...(a ?? []));
  for (const overrides of container.tq ?? []) s.track(overrides);
  container.s = s;
};

/**
 * @param {any} s @param {number} id
 * @param {(act: (...list: any[]) => any) => (...list: any[]) => any} safe
 */
export const addLegacyMembers = (s, id, safe) => {
  const { Util } = s;
  Object.assign(s, {
    w: window,
    d: document,
    c_r: Util.cookieRead,
    cookieRead: Util.cookieRead,
    c_w: Util.cookieWrite,
    cookieWrite: Util.cookieWrite,
    escape: Util.urlEncode,
    unescape: Util.urlDecode,
    log: safe((text) => console.log(text)),
    // The Integrate module calls it.
    replace: safe((text, from, to) => text?.split?.(from).join(to) ?? text),
    foreachVar: safe((act, names) => {
      for (const slot of callWith(() => core.sentSlots(id)).split(",")) {
        const name = nameOf(+slot);
        if (slot && (!names || `,${names},`.includes(`,${name},`))) act(name, s[name]);
      }
    }),
    setTagContainer: safe((name) => {
      s.tagContainerName = name;
      const container = s._il.find(
        (/** @type {any} */ one) => one?._c == "s_l" && one.tagContainerName == name,
      );
      if (container) takeOver(s, container);
    }),
  });
  Util.getIeVersion = () => null;
  // It may not be there yet.
  const body = { __proto__: null, get: () => document.body, set() {}, enumerable: true, configurable: true };
  Object.defineProperty(s, "b", body);
};

/** Scripts, debuggers and tests look for the image of the last request. @param {number} id @param {any} image */
export const exposeImage = (id, image) => {
  try {
    /** @type {any} */ (window)[`s_i_${trackers[id].account.replace(/,/g, "_")}`] = image;
  } catch {}
};

/** Makes the trackers that a tag container has asked for before the script was there. @param {(suites: any) => any} s_gi */
export const runQueue = (s_gi) => {
  const page = /** @type {any} */ (window);
  for (const { oun, un, tagContainerName } of page.s_giq || []) {
    const s = s_gi(oun);
    s.setAccount(un);
    s.setTagContainer(tagContainerName);
  }
  page.s_giq = 0;
};
