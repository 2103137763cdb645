// The functions that the page has registered, each a list of the function and its further arguments.

import { url } from "./calls.js";
import { core } from "./core.js";

/** By number, from 1 on. @type {any[][]} */
const functions = [[]];

/** The one that is being registered. @type {any[]} */
let candidate;

/** Registers a function by an export of the core; what takes that back. @param {(n: number) => number} register @param {number} n @param {any[]} list */
export const registerBy = (register, n, list) => {
  candidate = list;
  const number = register(n);
  return () => {
    core.unregister(number);
    delete functions[number];
  };
};

export const isFunction = () => typeof candidate[0] == "function";

/** Whether a registration names the same function and the same arguments. @param {number} number */
export const isRegistered = (number) => {
  const known = registration(number);
  return known.length == candidate.length && known.every((value, i) => Object.is(value, candidate[i]));
};

/** Its number, which none has had before. */
export const keepFunction = () => functions.push(candidate) - 1;

/** @param {number} number */
const registration = (number) => /** @type {any[]} */ (functions[number]);

/** @param {number} number */
export const functionAt = (number) => registration(number)[0];

/** What it is called with for a hit. @param {number} number @param {number} call @param {string} reason */
export const argumentsFor = (number, call, reason) => [
  url(call),
  ...(reason ? [reason] : []),
  ...registration(number).slice(1),
];
