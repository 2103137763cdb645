// Other scripts of the page that a hit depends on: visitor ids, consent, modules; and what the browser says when asked.

import { hasSource, isWaited } from "./calls.js";
import { core } from "./core.js";
import { isSet, read, trackers } from "./object.js";
import { give } from "./texts.js";

/** Once a page has been shown it is never prerendered again. */
let isShown = false;

const isPrerendering = () => {
  const page = /** @type {any} */ (document);
  return !(isShown ||= !page.prerendering && page.visibilityState != "prerender");
};

/** @param {number} n @param {string} pairs */
const hinted = (n, pairs) => {
  give(pairs);
  core.hinted(n);
};

/** Asks the browser; whether it can be asked. @param {number} n @param {string} names */
export const askHints = (n, names) => {
  const data = /** @type {any} */ (navigator).userAgentData;
  if (!data) return false;
  data.getHighEntropyValues(names.split(",")).then(
    (/** @type {any} */ values) => hinted(n, read(values)),
    () => hinted(n, ""),
  );
  return true;
};

const optIn = () => /** @type {any} */ (window).adobe?.optIn;

/** Whether the page's consent service, if it has one, approves a category. @param {number} _ @param {string} category */
export const consents = (_, category) => !optIn() || !!optIn().isApproved(optIn().Categories[category]);

/** @param {number} n */
export const askConsent = (n) => optIn().fetchPermissions(() => resumeLater(n, "", 0), true);

/** @type {any[]} */
const timers = [];

/** @param {number} n @param {string} _ @param {number} milliseconds */
export const resumeLater = (n, _, milliseconds) => {
  clearTimeout(timers[n]);
  timers[n] = setTimeout(() => core.resume(n), milliseconds);
};

/** What a tracking call meets, in bits, in the order of the core. @param {number} n */
export const meets = (n) => {
  const s = trackers[n];
  return (
    (s.visitor ? 1 : 0) |
    (optIn() ? 2 : 0) |
    (s.AudienceManagement ? 4 : 0) |
    (modules[n] ? 8 : 0) |
    (isWaited(n) ? 16 : 0) |
    (isPrerendering() ? 32 : 0) |
    (isSet(n, "h") ? 64 : 0) |
    (hasSource(n) ? 128 : 0)
  );
};

/** @param {number} n */
const service = (n) => {
  const { visitor } = trackers[n];
  return visitor?.isAllowed() ? visitor : undefined;
};

/** @param {number} n @param {string} method */
export const hasVisitor = (n, method) => !!service(n)?.[method];

/** @param {number} n */
export const askVisitor = (n) =>
  service(n).getVisitorValues((/** @type {any} */ values) => {
    give(read(values));
    core.identified(n);
  });

/** @param {number} n */
export const organisation = (n) => `${service(n)?.marketingCloudOrgID ?? ""}`;

/** @param {number} n @param {string} mayBeNew */
export const supplemental = (n, mayBeNew) =>
  `${service(n)?.getSupplementalDataID?.(`AppMeasurement:${trackers[n]._in}`, !!mayBeNew) || ""}`;

/** What is in the objects of an object, as `outer.inner`. @param {number} n */
export const customers = (n) => {
  const ids = { __proto__: null, ...service(n)?.getCustomerIDs?.() };
  /** @type {any} */
  const flat = {};
  for (const name in ids) {
    for (const key in Object(ids[name])) flat[`${name}.${key}`] = ids[name][key];
  }
  return read(flat);
};

/** @param {number} n */
export const hasAudience = (n) => !!trackers[n].AudienceManagement?.isReady?.();

/** @param {number} n */
export const audience = (n) => read(trackers[n].AudienceManagement.getEventCallConfigParams());

/** @param {number} n */
export const place = (n) => trackers[n]._in;

/** @param {number} n @param {string} _ @param {number} milliseconds */
export const endDelay = (n, _, milliseconds) => setTimeout(() => core.undelay(n, true), milliseconds);

/** The modules of each tracker. @type {any[][]} */
const modules = [];

/** Calls a hook of all modules; whether one had something to say. @param {number} n @param {string} name */
export const hook = (n, name) => {
  let said = false;
  for (const module of modules[n] ?? []) {
    if (module[name]?.() || name == "_g") said = true;
  }
  return said;
};

/** @param {number} n @param {string} name @param {any} onLoad */
export const loadModule = (n, name, onLoad) => {
  const s = trackers[n];
  if (!s[name]) {
    const Module = /** @type {any} */ (window)[`AppMeasurement_Module_${name}`];
    s[name] = Module ? new Module(s) : {};
    (modules[n] ??= []).push(s[name]);
  }
  const loaded = () => (onLoad ?? s[name].onLoad)?.(s, s[name]);
  if (onLoad) loaded();
  else setTimeout(loaded);
};
