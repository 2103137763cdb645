// Tracking calls that wait, each with the variables it was made with.

import { trackers } from "./object.js";

/** @type {any[][]} */
const calls = [];

/** @param {number} n @param {string} names @param {any} overrides */
export const hold = (n, names, overrides) => {
  const copy = { ...trackers[n] };
  for (const name of names.split("\0")) if (name) copy[name] = overrides[name];
  copy.contextData = { ...copy.contextData };
  (calls[n] ??= []).push(copy);
};

/** The variables of the call that has waited longest. @param {number} n */
export const held = (n) => calls[n].shift();
