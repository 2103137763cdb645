// Tracking calls until they are settled: their objects, request URLs and outcomes. Also what the page runs and reads along
// the way: `doPlugins`, actions of links, the console.
//
// Rust knows a call only by its id, which is what parameters named `call` are; `id` is that of a tracker.

import { core } from "./core.js";
import { setArguments } from "./mailbox.js";
import {
  clearKind,
  copy,
  copyData,
  hasKind,
  setLink,
  settingNames,
  trackers,
  unsetKinds,
  variableNames,
  write,
} from "./properties.js";

/**
 * Properties are there from the step that sets them.
 * @typedef {object} Call
 * @property {number} trackerId
 * @property {any} object the overrides of the call; of a parked call, all variables it was made with
 * @property {any} action what the page wants done when the link is tracked: a function, or what stands for following the link
 * @property {any} element of the link
 * @property {boolean} isMade whether the core has come to its end
 * @property {string} url of the request
 * @property {string} key under which its copy is stored; the tracker's is another one after `sa`
 * @property {number} query where in `url` the body of a POST starts, else 0
 * @property {string} [body] of a POST whose response is data for the page's services
 * @property {any} session whether its copy is in session storage
 * @property {Lock | null} [lock] on its copy, while this page holds it
 * @property {boolean} script whether the response is a script
 * @property {string} lines debug lines
 * @property {number} sent when the latest request started
 * @property {number} tries requests so far
 * @property {any} outcome
 * @property {Promise<any>} promise of the outcome
 * @property {(outcome: any) => void} resolve
 */

/** Calls that are not settled. @type {Map<number, Call>} */
const calls = new Map();

/** A call that is settled has no properties. @param {number} call */
export const about = (call) => calls.get(call) ?? /** @type {any} */ ({ __proto__: null });

/** The latest call of each tracker. @type {Call[]} */
const latest = [];

/** Ids of the parked calls of each tracker, and functions of the page in between. @type {(number | (() => void))[][]} */
const parked = [];

/** The object and the action of the call that comes next. @type {any} */
let next = {};

/** Element, type and name if it is a link. @type {any} */
let nextLink;

/** @param {any} object @param {any} [action] @param {any} [link] */
export const prepareCall = (object, action, link) => {
  next = { object, action, element: link?.[0] };
  nextLink = link;
  depth++;
};

/** How many tracking calls of the page are running, one inside the other. */
let depth = 0;

/** The error of `doPlugins` until the tracking call returns. @type {{ error: unknown } | undefined} */
let thrown;

/** @param {number} id */
export const runPlugins = (id) => {
  const s = trackers[id];
  try {
    if (s.doPlugins) s.doPlugins(s);
  } catch (error) {
    // Behind a click or an answer there is nobody to catch it.
    if (depth) thrown = { error };
    else reportError(error, false);
    return true;
  }
  return false;
};

/** Throws the error of `doPlugins`, which the page is to see. */
export const rethrow = () => {
  const caught = thrown;
  depth--;
  thrown = undefined;
  if (caught) throw caught.error;
};

/** @param {number} _ @param {string} line */
export const log = (_, line) => console.log(line);

/**
 * Shows an error of the page's code: its message among the debug lines, or the error. The page's console may throw in turn.
 * @param {any} error @param {boolean} asMessage
 */
export const reportError = (error, asMessage) => {
  try {
    if (asMessage) console.log(error?.message);
    else console.error(error);
  } catch {}
};

/** Pages change `Object.prototype`. @param {any} properties @returns {Call} */
const newCall = (properties) => ({ __proto__: null, ...properties });

/** @param {number} id @param {string} _ @param {number} call */
export const beginCall = (id, _, call) => {
  calls.set(call, (latest[id] = newCall({ trackerId: id, tries: 0, ...next })));
  next = {};
  if (nextLink) setLink(id, nextLink);
  nextLink = 0;
  return performance.now();
};

/** The URL of a POST is the beginning of its hit's. @param {number} _ @param {string} url */
export const isUrlKnown = (_, url) => [...calls.values()].some((call) => call.url?.startsWith(url));

/** @param {number} call */
export const storedCalls = (call) => {
  const { trackerId, key, session } = about(call);
  return [...calls]
    .filter(
      ([, other]) => key && other.key == key && other.session == session && other.trackerId == trackerId,
    )
    .map(([id, { url }]) => `${id} ${url}`)
    .join("\0");
};

/** @param {number} id @param {string} url @param {number} call */
export const adoptHit = (id, url, call) => {
  calls.set(call, newCall({ trackerId: id, tries: 0, isMade: true, url }));
};

/** @param {number} id */
export const hasCallObject = (id) => !!latest[id]?.object;

/** @param {number} id @param {string} _ @param {number} call */
export const park = (id, _, call) => {
  const record = about(call);
  const { object } = record;
  const s = trackers[id];
  record.object = copy(copy({}, s, variableNames(s)), object, settingNames(object));
  copyData(record.object);
  (parked[id] ??= []).push(call);
};

/** @param {number} id */
export const hasParked = (id) => !!parked[id]?.length;

/** Parks a function of the page behind the calls. @param {number} id @param {() => void} act */
export const parkFunction = (id, act) => (parked[id] ??= []).push(act);

/** @param {number} id */
export const unpark = (id) => {
  const next = parked[id]?.shift();
  if (typeof next != "function") return next;
  try {
    next();
  } catch (error) {
    reportError(error, false);
  }
  return 0;
};

/** The values of the tracker's variables that a call (its id) has overridden, and whether it was parked. @type {Map<number, any[]>} */
const overridden = new Map();

/** @param {number} call @param {string} kept letters of kinds @param {number} wasParked */
export const overrideVariables = (call, kept, wasParked) => {
  const record = about(call);
  const { trackerId, object } = record;
  const s = trackers[trackerId];
  record.isMade = false;
  // A parked call was made without what `s` has besides, and before link variables became 0.
  const others = wasParked ? variableNames(s).filter((name) => !hasKind(name, kept)) : [];
  const names = [...settingNames(object), ...others];
  overridden.set(call, [copy({}, s, names), wasParked]);
  copy(s, object, names);
};

/** @param {number} id @param {string} cleared see the core @param {number} call */
export const endCall = (id, cleared, call) => {
  const [first = "", ofParked = "", last = "", global] = cleared.split("\0");
  const [before, wasParked] = overridden.get(call) ?? [];
  overridden.delete(call);
  about(call).isMade = true;
  clearKind(id, first);
  // What `doPlugins` has set for a parked call is not meant for the page's next one.
  if (wasParked) unsetKinds(id, ofParked);
  copy(trackers[id], before, Object.keys(before ?? {}));
  clearKind(id, last);
  write(window, global, 0);
};

/** @param {number} id */
export const unmadeCall = (id) => {
  for (const [call, { trackerId, isMade }] of calls) if (trackerId == id && !isMade) return call;
};

/** @param {number} call @param {string} url @param {number} query */
export const setRequest = (call, url, query) => {
  const record = about(call);
  record.url = url;
  record.query = query;
  return !!record.action;
};

/** @param {number} call */
export const followsLink = (call) => typeof about(call).action != "function";

/** @param {number} call */
export const requestUrl = (call) => about(call).url;

/** @param {number} call @param {string} body of a POST, else empty */
export const setScriptResponse = (call, body) => {
  about(call).script = true;
  about(call).body = body;
};

/** @param {number} call @param {string} lines */
export const setDebugLines = (call, lines) => {
  about(call).lines = lines;
};

/** @param {number} call */
export const hasDebugLines = (call) => "lines" in about(call);

/** @param {number} call */
export const startRequest = (call) => {
  const record = about(call);
  record.sent = performance.now();
  if (!record.tries++ && record.lines) console.log(record.lines);
  return record.script;
};

/** Tells the core how a request ended, unless the call is settled. @param {number} call @param {boolean} ok */
export const endRequest = (call, ok) => {
  const { trackerId, sent } = about(call);
  if (calls.has(call)) core.onResponse(trackerId, call, ok, performance.now() - sent);
};

/** @param {number} call @param {string} outcome status NUL reason */
export const giveUpLater = (call, outcome) =>
  queueMicrotask(() => {
    setArguments(outcome);
    core.onGivenUp(about(call).trackerId, call);
  });

/** @param {number} call @param {string} outcome status NUL reason */
export const settle = (call, outcome) => {
  const record = about(call);
  const [status, reason] = outcome.split("\0");
  calls.delete(call);
  record.outcome = { status, requestUrl: record.url ?? "", attempts: record.tries, reason };
  record.resolve?.(record.outcome);
  runAction(record);
};

/** Runs the action of a call once. @param {Call} record */
const runAction = (record) => {
  const { action, element } = record;
  record.action = undefined;
  try {
    if (typeof action == "function") action();
    else if (action && element?.href) location.assign(element.href);
  } catch (error) {
    reportError(error, false);
  }
};

/** @param {number} call @param {string} _ @param {number} milliseconds */
export const runActionLater = (call, _, milliseconds) => {
  setTimeout(runAction, milliseconds, about(call));
};

/** The promise of the latest call's outcome; there is one even where the browser refuses WebAssembly. @param {number} id */
export const outcome = (id) => {
  /** @type {any} */
  const record = latest[id] ?? {
    outcome: { status: "ignored", requestUrl: "", attempts: 0, reason: "no tracking call yet" },
  };
  record.promise ??= new Promise((resolve) => {
    record.resolve = resolve;
    if (record.outcome) resolve(record.outcome);
  });
  return record.promise;
};
