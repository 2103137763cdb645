// The callbacks that the page registers. A registration is `[function, ...arguments]`; Rust refers to it by number.

import { requestUrl } from "./calls.js";
import { core } from "./core.js";

/** By number, from 1. @type {any[][]} */
const registrations = [[]];

/** The list that is being registered. @type {any[]} */
let candidate;

/**
 * Registers a list with an export of the core and returns the function that unregisters it.
 * @param {(id: number) => number} register @param {number} id @param {any[]} list
 */
export const registerCallback = (register, id, list) => {
  candidate = list;
  const number = register(id);
  return () => {
    core.unregister(number);
    delete registrations[number];
  };
};

export const isFunction = () => typeof candidate[0] == "function";

/** @param {number} number */
const registration = (number) => /** @type {any[]} */ (registrations[number]);

/** @param {number} number */
export const isRegistered = (number) => {
  const known = registration(number);
  return known.length == candidate.length && known.every((value, i) => Object.is(value, candidate[i]));
};

/** Numbers are never used twice. */
export const keepCallback = () => registrations.push(candidate) - 1;

/** @param {number} number */
export const callbackFunction = (number) => registration(number)[0];

/** @param {number} number @param {number} call @param {string} reason of a failure, else empty */
export const callbackArguments = (number, call, reason) => [
  requestUrl(call),
  ...(reason ? [reason] : []),
  ...registration(number).slice(1),
];
