// The trackers as the page sees them: their properties, read and written as text by position.

import { core } from "./core.js";
import { give } from "./texts.js";

/** @type {any[]} */
export const trackers = [];

// NUL ends a name or a value, so both it and the escape are escaped.
export const text = (/** @type {any} */ value) =>
  `${value}`.replace(/[\0\x01]/g, (sign) => (sign > "\0" ? "\x011" : "\x010"));

/** The places of variables by name, -1 for what is none … @type {any} */
const places = { __proto__: null };
/** … their names by place … @type {string[]} */
const names = [];
/** … and the places of those that were met, as text, empty for what is none. @type {any} */
const slots = { __proto__: null };

/** Names by the kind of their variables. @type {any} */
const kinds = {};

/** The table of the core: a line for each place, its kind and its name. @param {number} _ @param {string} lines */
export const table = (_, lines) => {
  lines.split("\n").forEach((line, slot) => {
    const kind = line.charAt(0).toLowerCase();
    const name = line.slice(1, line.indexOf(" "));
    places[name] = kind == "i" ? -1 : slot;
    names[slot] = name;
    (kinds[kind] ??= []).push(name);
  });
};

/** @param {string} name @returns {string} */
const slotOf = (name) => {
  give(name);
  const place = (places[name] ??= core.slot());
  names[place] = name;
  return (slots[name] = place < 0 ? "" : `${place}`);
};

/** @param {number} slot */
export const nameAt = (slot) => /** @type {string} */ (names[slot]);

/** The names and values of all that is truthy in an object, but for functions; each followed by NUL. @param {any} object */
export const read = (object) => {
  let pairs = "";
  for (const name in object) {
    try {
      const value = object[name];
      if (value && typeof value != "function" && !(name in Object.prototype)) {
        pairs += `${text(name)}\0${text(value)}\0`;
      }
    } catch {
      // A getter or a toString of the page that throws must not cost the others.
    }
  }
  return pairs;
};

/**
 * The variables in an object, with their places for names. Most of the time of a tracking call's JavaScript is spent here.
 * @param {any} object
 */
export const coded = (object) => {
  const pairs = [];
  for (const name of Object.keys(object ?? {})) {
    try {
      const value = object[name];
      if (!value || typeof value == "function") continue;
      const slot = slots[name] ?? slotOf(name);
      if (!slot) continue;
      const plain = `${value}`;
      pairs.push(slot, plain.includes("\0") || plain.includes("\x01") ? text(plain) : plain);
    } catch {
      // As above.
    }
  }
  // The last one ends too.
  pairs.push("");
  return pairs.join("\0");
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

/** Empties the variables of a kind. @param {number} n @param {string} kind */
export const reset = (n, kind) => {
  for (const name of kinds[kind]) write(trackers[n], name, undefined);
};

/** Whether the first of a kind is set. @param {number} n @param {string} kind */
export const isSet = (n, kind) => get(n, kinds[kind][0]);
