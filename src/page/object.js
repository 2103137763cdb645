// The trackers as the page sees them: their properties, read and written as text by position.

import { core } from "./core.js";
import { give } from "./texts.js";

/** @type {any[]} */
export const trackers = [];

// NUL ends a name or a value, so both it and the escape are escaped.
export const text = (/** @type {any} */ value) =>
  `${value}`.replace(/[\0\x01]/g, (sign) => (sign > "\0" ? "\x011" : "\x010"));

/** The places of variables by name, -1 for what is none; and their names by place. @type {any} */
const slots = { __proto__: null };
/** @type {string[]} */
const names = [];

/** @param {string} name @returns {number} */
const slotOf = (name) => {
  give(name);
  const slot = (slots[name] = core.slot());
  names[slot] = name;
  return slot;
};

/** @param {number} slot */
export const nameAt = (slot) => /** @type {string} */ (names[slot]);

/**
 * Visits all that is truthy in an object, but for functions.
 * @param {any} object @param {(name: string, value: any) => void} act
 */
const visit = (object, act) => {
  for (const name in object) {
    try {
      const value = object[name];
      if (value && typeof value != "function" && !(name in Object.prototype)) act(name, value);
    } catch {
      // A getter or a toString of the page that throws must not cost the other variables.
    }
  }
};

/** The names and values in an object, each followed by NUL. @param {any} object */
export const read = (object) => {
  let pairs = "";
  visit(object, (name, value) => {
    pairs += `${text(name)}\0${text(value)}\0`;
  });
  return pairs;
};

/**
 * The variables in an object, with their places for names.
 * @param {any} object @param {(value: any) => string} [toText] escapes, which values hardly ever need
 * @returns {string}
 */
export const coded = (object, toText) => {
  let pairs = "";
  let values = "";
  visit(object, (name, value) => {
    const slot = slots[name] ?? slotOf(name);
    if (slot < 0) return;
    const text = toText ? toText(value) : `${value}`;
    values += text;
    pairs += `${slot}\0${text}\0`;
  });
  return toText || !/[\0\x01]/.test(values) ? pairs : coded(object, text);
};

/** The names of the variables in an object. @param {any} object */
export const namesIn = (object) =>
  coded(object)
    .split("\0")
    .filter((slot, i) => slot && i % 2 == 0)
    .map((slot) => nameAt(+slot));

/** The variables of a tracker. @param {number} n */
export const variables = (n) => coded(trackers[n]);

/** A getter of the page that throws is a property that is not set. @param {number} n @param {string} name */
const get = (n, name) => {
  try {
    return trackers[n][name];
  } catch {}
};

/** What an object in a property of a tracker holds. @param {number} n @param {string} name */
export const inner = (n, name) => read(get(n, name));

/** @param {number} n @param {string} name */
export const has = (n, name) => !!get(n, name);

/** A property that cannot be written must not cost the others. @param {any} object @param {any} name @param {any} value */
export const write = (object, name, value) => {
  try {
    object[name] = value;
  } catch {}
};

/** Gives a tracker the link of its next hit. @param {number} n @param {any} element @param {any} [type] @param {any} [name] */
export const setLink = (n, element, type, name) => {
  write(trackers[n], "linkObject", element);
  write(trackers[n], "linkType", type);
  write(trackers[n], "linkName", name);
};

/** Sets properties of a tracker from names and values, each followed by NUL. @param {number} n @param {string} pairs */
export const assign = (n, pairs) => {
  const parts = pairs.split("\0");
  for (let i = 0; i + 1 < parts.length; i += 2) write(trackers[n], parts[i], parts[i + 1] || undefined);
};

/** @param {number} n @param {string} _ @param {number} slot */
export const unset = (n, _, slot) => write(trackers[n], nameAt(slot), undefined);

/** Names by the kind of their variables. @type {string[][]} */
const kinds = [];

/** @param {number} kind @param {string} names */
export const isReset = (kind, names) => {
  kinds[kind] = names.split("\0");
};

/** Empties what counts for one hit only. @param {number} n @param {string} _ @param {number} kind */
export const reset = (n, _, kind) => {
  for (const name of kinds[kind] ?? []) write(trackers[n], name, undefined);
};
