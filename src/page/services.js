// Other scripts of the page that a hit depends on (visitor ids, consent, audience management, modules), prerendering and
// client hints.

import { core } from "./core.js";
import { callWith, setArguments } from "./mailbox.js";
import { copy, entriesOf, trackers } from "./properties.js";

/** Whether there is a service for a tracker, in the order of the core's bits. @type {((id: number) => boolean)[]} */
let detectors;

/** @param {typeof detectors} list */
export const setDetectors = (list) => {
  detectors = list;
};

/** @param {number} id */
export const detect = (id) => {
  let bits = 0;
  // Old frameworks replace methods of arrays.
  for (let bit = detectors.length; bit--; ) bits = bits * 2 + +(/** @type {any} */ (detectors[bit])(id));
  return bits;
};

/** @param {number} id */
export const hasVisitor = (id) => !!trackers[id].visitor;

const optIn = () => /** @type {any} */ (window).adobe?.optIn;

export const hasOptIn = () => !!optIn();

/** @param {number} id */
export const hasAudience = (id) => !!trackers[id].AudienceManagement;

/** The modules of each tracker by name, in the order they were loaded. @type {any[]} */
const modules = [];

/** @param {number} id */
export const hasModules = (id) => !!modules[id];

/** A page that has been shown is never prerendered again. */
let isShown = false;

export const isPrerendering = () => {
  const page = /** @type {any} */ (document);
  return !(isShown ||= !page.prerendering && page.visibilityState != "prerender");
};

/** @param {number} id @param {string} text the property to set, and the names of the hints */
export const requestClientHints = (id, text) => {
  const data = /** @type {any} */ (navigator).userAgentData;
  if (!data) return false;
  const [property = "", ...names] = text.split(",");
  // A browser adds others, such as `brands`.
  const respond = (/** @type {any} */ values) => {
    trackers[id][property] = copy({}, values, names);
    core.resume(id);
  };
  data.getHighEntropyValues(names).then(respond, () => respond({}));
  return true;
};

/** @param {number} _ @param {string} category */
export const hasConsent = (_, category) => !!optIn()?.isApproved(optIn().Categories[category]);

/** @param {number} id */
export const requestConsent = (id) => optIn().fetchPermissions(() => resumeLater(id, "", 0), true);

/** @type {any[]} */
const timers = [];

/** @param {number} id @param {string} _ @param {number} milliseconds */
export const resumeLater = (id, _, milliseconds) => {
  clearTimeout(timers[id]);
  timers[id] = setTimeout(() => core.resume(id), milliseconds);
};

/** @param {number} id */
const allowedVisitor = (id) => {
  const { visitor } = trackers[id];
  return visitor?.isAllowed() ? visitor : undefined;
};

/** @param {number} id @param {string} method */
export const hasVisitorMethod = (id, method) => !!allowedVisitor(id)?.[method];

/** @param {number} id */
export const requestVisitorValues = (id) =>
  allowedVisitor(id).getVisitorValues((/** @type {any} */ values) => {
    setArguments(entriesOf(values));
    core.onVisitorValues(id);
  });

/** @param {number} id */
export const organizationId = (id) => `${allowedVisitor(id)?.marketingCloudOrgID ?? ""}`;

/** @param {number} id @param {string} text source of the id NUL flag that no new one may be made */
export const supplementalDataId = (id, text) => {
  const [source, keepsId] = text.split("\0");
  return `${allowedVisitor(id)?.getSupplementalDataID?.(source + trackers[id]._in, !!keepsId) || ""}`;
};

/** Flattens an object of objects. @param {number} id */
export const customerIds = (id) => {
  const ids = { __proto__: null, ...allowedVisitor(id)?.getCustomerIDs?.() };
  /** @type {any} */
  const flat = { __proto__: null };
  for (const name in ids) {
    for (const key in Object(ids[name])) flat[`${name}.${key}`] = ids[name][key];
  }
  return entriesOf(flat);
};

/** @param {number} id */
export const isAudienceReady = (id) => !!trackers[id].AudienceManagement?.isReady?.();

/** @param {number} id */
export const audienceParameters = (id) =>
  entriesOf(trackers[id].AudienceManagement.getEventCallConfigParams());

/** @param {number} id */
export const instanceIndex = (id) => trackers[id]._in;

/** @param {number} id @param {string} _ @param {number} milliseconds */
export const setDelayTimer = (id, _, milliseconds) => setTimeout(() => core.onMaxDelay(id), milliseconds);

/** @param {number} id @param {string} name */
export const callHook = (id, name) =>
  Object.values(modules[id] ?? {}).some((/** @type {any} */ module) => module[name]?.());

/**
 * What a response has for other services: all of it goes to audience management, if that is there; else the destinations that
 * are the tracker's own are requested.
 * @param {number} id @param {any} data
 */
export const doPostbacks = (id, data) => {
  if (typeof data != "object") return;
  const { AudienceManagement } = trackers[id];
  const addresses = [];
  for (const destination of data.dests ?? []) {
    const { id: name, c: address } = destination ?? {};
    if (typeof name != "string" || typeof address != "string") continue;
    const filled = callWith(core.destination, name, address);
    if (!filled) continue;
    destination.c = filled;
    addresses.push(filled);
  }
  if (isAudienceReady(id) && AudienceManagement.passData) AudienceManagement.passData(data);
  else for (const address of addresses) new Image().src = address;
};

/** @param {number} id @param {string} name @param {any} onLoad */
export const loadModule = (id, name, onLoad) => {
  const s = trackers[id];
  const loaded = (modules[id] ??= { __proto__: null });
  const run = (/** @type {any} */ act) => {
    if (!act) return;
    s[`${name}_onLoad`] = act;
    act(s, loaded[name]);
  };
  if (!loaded[name]) {
    const Module = /** @type {any} */ (window)[`AppMeasurement_Module_${name}`];
    if (!Module) console.log(`afterhit: load AppMeasurement_Module_${name}.js before s.loadModule`);
    const module = (s[name] = loaded[name] = Module ? new Module(s) : {});
    /** @type {any} */
    let value;
    // Pages assign it after they have loaded the module.
    const onLoadProperty = {
      __proto__: null,
      get: () => value,
      set: (/** @type {any} */ act) => run((value = act)),
    };
    Object.defineProperty(module, "onLoad", onLoadProperty);
  }
  run(onLoad);
};
