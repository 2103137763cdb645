// Tracking calls that wait, each with the variables it was made with.

import { trackers } from "./object.js";

/** @type {any[][]} */
const calls = [];

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

/** @param {number} n @param {string} names @param {any} overrides */
export const hold = (n, names, overrides) => {
  const call = copy(copyAll(trackers[n]), overrides, names ? names.split("\0") : []);
  call.contextData = copyAll(call.contextData);
  (calls[n] ??= []).push(call);
};

/** The variables of the call that has waited longest. @param {number} n */
export const held = (n) => /** @type {any[]} */ (calls[n]).shift();
