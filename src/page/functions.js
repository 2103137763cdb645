// The functions that the page has registered, each a list of the function and its further arguments.

import { core } from "./core.js";

/** @type {any[][]} */
export const functions = [];

/** @param {number} registration */
export const remover = (registration) => () => core.unregister(registration);

/** Whether two registrations name the same function and the same arguments. @param {any[]} one @param {any[]} other */
export const isSame = (one, other) =>
  one.length == other.length && one.every((value, i) => Object.is(value, other[i]));
