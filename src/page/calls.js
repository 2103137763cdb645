// The page's own code that a hit runs: doPlugins, callbacks' errors, the done action, the outcome.

import { trackers } from "./object.js";

/** What doPlugins has thrown, on its way out of the tracking call. @type {{ error: unknown } | undefined} */
let thrown;

/** Calls that are not settled yet. @type {Map<number, any>} */
const open = new Map();

/** The latest call of each tracker. @type {any[]} */
const latest = [];

/** @param {number} n */
export const plugins = (n) => {
  const s = trackers[n];
  try {
    if (s.doPlugins) s.doPlugins(s);
  } catch (error) {
    thrown = { error };
  }
  return !!thrown;
};

/** Lets an error of doPlugins leave the tracking call. */
export const rethrow = () => {
  const caught = thrown;
  thrown = undefined;
  if (caught) throw caught.error;
};

/** Shows an error of the page's code: its text among the debug lines, or itself. @param {any} error @param {boolean} debug */
export const report = (error, debug) => (debug ? console.log(error?.message) : console.error(error));

/** @param {string} line */
export const say = (line) => console.log(line);

/** A tracking call begins. @param {number} n @param {number} call */
export const begin = (n, call) => {
  latest[n] = {};
  open.set(call, latest[n]);
  if (next) actions.set(call, next);
  next = undefined;
};

/**
 * The outcome of a call is known.
 * @param {number} call @param {string} status @param {string} requestUrl @param {number} attempts
 * @param {string} reason
 */
export const settle = (call, status, requestUrl, attempts, reason) => {
  const record = open.get(call);
  if (!record) return;
  open.delete(call);
  record.outcome = { status, requestUrl, attempts, reason };
  record.resolve?.(record.outcome);
};

/** @param {number} n */
export const outcome = (n) => {
  const record = latest[n] ?? {
    outcome: { status: "ignored", requestUrl: "", attempts: 0, reason: "no tracking call yet" },
  };
  record.promise ??= new Promise((resolve) => {
    record.resolve = resolve;
    if (record.outcome) resolve(record.outcome);
  });
  return record.promise;
};

/** Actions that wait for the end of their call. @type {Map<number, () => void>} */
const actions = new Map();

/** Keeps what is done behind the link of the next call. @type {any} */
let next;

/**
 * Sets the link of a call on its tracker.
 * @param {number} n @param {any} link @param {any} kind @param {any} name @param {any} action
 */
export const link = (n, link, kind, name, action) => {
  Object.assign(trackers[n], { linkObject: link, linkType: kind, linkName: name });
  next = action && (typeof action == "function" ? () => action() : () => location.assign(link.href));
};

/** Runs the action of a call, once. @param {number} call */
export const finish = (call) => {
  const action = actions.get(call);
  actions.delete(call);
  try {
    action?.();
  } catch (error) {
    report(error, false);
  }
};

/** @param {number} call @param {number} milliseconds */
export const finishLater = (call, milliseconds) => {
  if (actions.has(call)) setTimeout(() => finish(call), milliseconds);
};

/** @param {number} call */
export const hasAction = (call) => actions.has(call);

/** Percent escapes undone as browsers do, for pages of any encoding. @param {string} text */
export const decode = (text) => {
  const blanks = text.replace(/\+/g, " ");
  try {
    return decodeURIComponent(blanks);
  } catch {
    return unescape(blanks);
  }
};
