// The tracking calls of the page, each with what goes with it until it is settled: its objects, its URL, its outcome; and
// the page's own code that a hit runs.

import { core } from "./core.js";
import { coded, nameAt, namesIn, reset, trackers, write } from "./object.js";

/** What doPlugins has thrown, on its way out of the tracking call. @type {{ error: unknown } | undefined} */
let thrown;

/** Calls that are not settled yet. @type {Map<number, any>} */
const calls = new Map();

/** The latest call of each tracker. @type {any[]} */
const latest = [];

/** Calls of each tracker that wait. @type {number[][]} */
const held = [];

/** What the next call comes with: its overrides, and what is done behind its link. @type {any} */
let next = {};

/** @param {any} object @param {any} [action] */
export const comeWith = (object, action) => {
  next = { object, action };
};

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

/** Shows an error of the page's code: its text among the debug lines, or itself. @param {any} error @param {number} call */
export const report = (error, call) => (debugs(call) ? console.log(error?.message) : console.error(error));

/** @param {number} _ @param {string} line */
export const say = (_, line) => console.log(line);

/** A tracking call begins. @param {number} n @param {string} _ @param {number} call */
export const begin = (n, _, call) => {
  calls.set(call, (latest[n] = { n, tries: 0, ...next }));
  next = {};
  return performance.now();
};

/** A hit from storage, unless it is known. @param {number} n @param {string} url @param {number} call */
export const adopt = (n, url, call) => {
  for (const other of calls.values()) if (other.url == url) return false;
  calls.set(call, { n, tries: 0, url });
  return true;
};

/** @param {number} call */
export const isOfSession = (call) => {
  about(call).session = true;
};

/** @param {number} call */
export const about = (call) => calls.get(call) ?? {};

/** Whether an object goes with the latest call. @param {number} n */
export const hasSource = (n) => !!latest[n]?.object;

/** The variables of the object that came with a call. @param {number} call */
export const source = (call) => coded(about(call).object);

/** A getter of the page that throws costs its own property alone. @param {any} to @param {any} from @param {string[]} names */
const copy = (to, from, names) => {
  for (const name of names) {
    try {
      to[name] = from[name];
    } catch {}
  }
  return to;
};

/** @param {any} object */
const copyAll = (object) => copy({}, object, Object.keys(object ?? {}));

/** @param {number} n @param {string} _ @param {number} call */
export const hold = (n, _, call) => {
  const one = about(call);
  one.object = copy(copyAll(trackers[n]), one.object, namesIn(one.object));
  one.object.contextData = copyAll(one.object.contextData);
  (held[n] ??= []).push(call);
};

/** @param {number} n */
export const isWaited = (n) => !!held[n]?.length;

/** @param {number} n */
export const release = (n) => held[n]?.shift();

/** Replaces a variable by that of the call's object until `restore`. @param {number} call @param {string} _ @param {number} slot */
export const lend = (call, _, slot) => {
  const one = about(call);
  const name = nameAt(slot);
  one.before ??= {};
  if (name in one.before) return;
  one.before[name] = trackers[one.n][name];
  write(trackers[one.n], name, one.object[name]);
};

/** What was lent comes back behind the one kind, and is emptied with the other. @param {number} n @param {string} _ @param {number} call */
export const tidy = (n, _, call) => {
  const { before } = about(call);
  reset(n, "o");
  for (const name in before) write(trackers[n], name, before[name]);
  reset(n, "r");
};

/**
 * The URL of a hit; its query is the body of a POST where its place is given.
 * @param {number} call @param {string} url @param {number} query
 */
export const made = (call, url, query) => {
  const one = about(call);
  one.url = url;
  one.query = query;
  return !!one.action;
};

/** @param {number} call */
export const isScript = (call) => {
  about(call).script = true;
};

/** @param {number} call @param {string} lines */
export const lines = (call, lines) => {
  about(call).lines = lines;
};

/** @param {number} call */
export const debugs = (call) => "lines" in about(call);

/** A request of the hit leaves; whether its answer is a script. @param {number} call */
export const leaves = (call) => {
  const one = about(call);
  one.sent = performance.now();
  if (!one.tries++ && one.lines) console.log(one.lines);
  return one.script;
};

/** A request was answered. @param {number} call @param {boolean} ok */
export const answered = (call, ok) => {
  const { n, sent } = about(call);
  if (calls.has(call)) core.answered(n, call, ok, performance.now() - sent);
};

/** @param {number} call */
export const url = (call) => about(call).url;

/** The outcome of a call is known, `status NUL reason`. @param {number} call @param {string} outcome */
export const settle = (call, outcome) => {
  const one = about(call);
  const [status, reason] = outcome.split("\0");
  calls.delete(call);
  one.outcome = { status, requestUrl: one.url ?? "", attempts: one.tries, reason };
  one.resolve?.(one.outcome);
  finish(one);
};

/** What is done behind a link, once. @param {any} one */
const finish = (one) => {
  const { action } = one;
  one.action = undefined;
  try {
    action?.();
  } catch (error) {
    console.error(error);
  }
};

/** @param {number} call @param {string} _ @param {number} milliseconds */
export const finishLater = (call, _, milliseconds) => {
  setTimeout(finish, milliseconds, about(call));
};

/** @param {number} n */
export const outcome = (n) => {
  const one = latest[n] ?? {
    outcome: { status: "ignored", requestUrl: "", attempts: 0, reason: "no tracking call yet" },
  };
  one.promise ??= new Promise((resolve) => {
    one.resolve = resolve;
    if (one.outcome) resolve(one.outcome);
  });
  return one.promise;
};
