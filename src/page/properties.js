// The trackers as the page sees them: plain objects whose properties the core reads and writes.
//
// A variable crosses as its slot, its index in the core's table; everything else crosses by name. Lists of names and values
// are strings in which NUL ends each of them.

import { core } from "./core.js";
import { decodePercent, setArguments } from "./mailbox.js";

/** By id. @type {any[]} */
export const trackers = [];

/** Escapes NUL, which ends names and values, and the escape character itself. */
export const escapeNul = (/** @type {any} */ value) =>
  `${value}`.replace(/[\0\x01]/g, (sign) => (sign > "\0" ? "\x011" : "\x010"));

const unescapeNul = (/** @type {string} */ escaped) => (escaped > "\x010" ? "\x01" : "\0");

/** Undoes the escapes of [`escapeNul`]. @param {string} text */
const unescaped = (text) => text.replace(/\x01[01]/g, unescapeNul);

/** Decodes a text for the core. @param {number} _ @param {string} text */
export const decoded = (_, text) => escapeNul(decodePercent(0, unescaped(text)));

/** Names of variables by slot. @type {string[]} */
const names = [];

/** Slots as text by name, empty for a name that is no variable. @type {any} */
const slots = { __proto__: null };

/** Names of variables by kind. @type {any} */
const kinds = { __proto__: null, d: [] };

/** Kinds by slot; numbered variables have none. @type {any} */
const kindOf = { __proto__: null };

/**
 * Reads the core's table of variables: a line for each slot, a letter for the kind and the name. Those of the kind `i` are not
 * read off a tracker, nor are its methods.
 * @param {number} _ @param {string} lines
 */
export const defineVariables = (_, lines) => {
  lines.split("\n").forEach((line, slot) => {
    const name = line.slice(1, line.indexOf(" "));
    const kind = line.charAt(0).toLowerCase();
    names[slot] = name;
    slots[name] = kind == "i" ? "" : `${slot}`;
    kindOf[slot] = kind;
    (kinds[kind] ??= []).push(name);
  });
  for (const name of Object.keys(trackers[0])) slots[name] ??= "";
};

/** Asks the core for a slot, once for each name. @param {string} name @returns {string} */
const slotOf = (name) => {
  setArguments(name);
  const slot = core.slot();
  if (!(slot >= 0)) return (slots[name] = "");
  names[slot] = name;
  return (slots[name] = `${slot}`);
};

/** @param {number} slot */
export const nameOf = (slot) => /** @type {string} */ (names[slot]);

/**
 * Names and values of everything in an object, own or inherited, that is truthy. A function counts, with its source, only if
 * asked for.
 * @param {any} object @param {any} [functions]
 */
export const entriesOf = (object, functions) => {
  let pairs = "";
  for (const name in object) {
    try {
      const value = object[name];
      if (value && (functions || typeof value != "function") && !(name in Object.prototype)) {
        pairs += `${escapeNul(name)}\0${escapeNul(value)}\0`;
      }
    } catch {
      // A getter or toString of the page that throws costs only its own property.
    }
  }
  return pairs;
};

/** From so many properties on it takes longer to list them than to ask for each variable. */
const MANY_PROPERTIES = 5e3;

/** The object with the most properties so far, if it has that many. @type {any} */
let crowded;

/** Names of an object's own properties, at least of those that are variables. @param {any} object */
const ownNames = (object) => {
  if (object != crowded) {
    const own = Object.keys(object ?? {});
    if (own.length < MANY_PROPERTIES) return own;
    crowded = object;
  }
  const known = [...names];
  for (let i = 0; i < 251; i++) known.push(`prop${i}`, `eVar${i}`, `hier${i}`, `list${i}`);
  return known.filter((name) => Object.hasOwn(object, name));
};

/**
 * Slots and values of the variables in an object. A tracking call spends most of its JavaScript time here.
 * @param {any} object
 */
export const variablesOf = (object) => {
  const pairs = [];
  for (const name of ownNames(object)) {
    try {
      const slot = slots[name] ?? slotOf(name);
      const value = slot && object[name];
      if (!value) continue;
      // The source of a function may be long, and is not sent.
      const plain = typeof value == "function" && kindOf[slot] == "x" ? "1" : `${value}`;
      pairs.push(slot, plain.includes("\0") || plain.includes("\x01") ? escapeNul(plain) : plain);
    } catch {
      // As above.
    }
  }
  // The last value ends with NUL too.
  pairs.push("");
  return pairs.join("\0");
};

/**
 * Names of the variables that an object sets, itself or by inheritance, or that it unsets with a `!` in front of the name.
 * @param {any} object
 */
export const settingNames = (object) => {
  const list = [];
  for (const name in object) {
    const plain = name.replace(/^!/, "");
    if (get(object, name) && !(name in Object.prototype) && (slots[plain] ?? slotOf(plain))) list.push(plain);
  }
  return list;
};

/** A getter that throws costs only its own property. @param {any} to @param {any} from @param {Iterable<string>} names */
export const copy = (to, from, names) => {
  for (const name of names) write(to, name, get(from, name));
  return to;
};

/** @param {any} object */
export const copyAll = (object) => copy({}, object, Object.keys(object ?? {}));

/** Copies the objects with data in an object of variables, which the page may go on to change. @param {any} object */
export const copyData = (object) => {
  for (const name of kinds.d) object[name] = copyAll(object[name]);
};

/** Sets the variables of an object on a tracker for good. Objects with data get what the tracker's have besides. @param {any} s @param {any} object */
export const setVariables = (s, object) => {
  for (const name of settingNames(object)) {
    const value = object[name];
    if (kinds.d.includes(name)) for (const key in s[name]) value[key] ||= s[name][key];
    write(s, name, value);
  }
};

/** Whether a variable has one of these kinds. @param {string} name @param {string} letters */
export const hasKind = (name, letters) => letters.includes(kindOf[slots[name]] ?? " ");

/** @param {number} id */
export const variables = (id) => variablesOf(trackers[id]);

/** A property whose getter throws counts as not set. @param {any} object @param {string} name */
const get = (object, name) => {
  try {
    return object[name];
  } catch {}
};

/** @param {number} id @param {string} name of a property that holds an object @param {any} [functions] whether they count */
export const objectEntries = (id, name, functions) => entriesOf(get(trackers[id], name), functions);

/** @param {number} id @param {string} name */
export const hasProperty = (id, name) => !!get(trackers[id], name);

/** A property that cannot be written must not cost the others. @param {any} object @param {any} name @param {any} value */
export const write = (object, name, value) => {
  try {
    object[name] = value;
  } catch {}
};

/** Sets the link of a tracker's next hit. @param {number} id @param {any[]} link element, type and name */
export const setLink = (id, [element, type, name]) => {
  write(trackers[id], "linkObject", element);
  write(trackers[id], "linkType", type);
  write(trackers[id], "linkName", name);
};

/** @param {number} id @param {string} pairs names and values; an empty value unsets */
export const assign = (id, pairs) => {
  const parts = pairs.split("\0");
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [name = "", text = ""] = parts.slice(i, i + 2);
    const plain = unescaped(text);
    // What is a number there stays one.
    if (`${get(trackers[id], name)}` != plain) write(trackers[id], name, plain || undefined);
  }
};

/** @param {number} id @param {string} list name of a property, NUL, names and values for the object in it */
export const assignIn = (id, list) => {
  const [name, ...parts] = list.split("\0");
  for (let i = 0; i + 1 < parts.length; i += 2)
    write(get(trackers[id], /** @type {string} */ (name)), parts[i], parts[i + 1]);
};

/** @param {number} id @param {string} names of properties that become numbers */
export const makeNumbers = (id, names) => {
  for (const name of names.split(",")) write(trackers[id], name, +get(trackers[id], name) || 0);
};

/** @param {number} id @param {string} json */
export const assignJson = (id, json) => {
  Object.assign(trackers[id], JSON.parse(json));
};

/** The pause is part of what pages can observe. @param {number} id @param {string} json */
export const assignJsonWithBody = (id, json) => {
  if (document.body) assignJson(id, json);
  else setTimeout(assignJsonWithBody, 30, id, json);
};

/** Names of the variables that an object has of its own. @param {any} object */
export const variableNames = (object) => ownNames(object).filter((name) => slots[name] ?? slotOf(name));

/** A space stands for the numbered variables, which have no kind. @param {number} id @param {string} letters of kinds */
export const unsetKinds = (id, letters) => {
  const s = trackers[id];
  for (const name of variableNames(s)) if (hasKind(name, letters)) write(s, name, undefined);
};

/** Clears the variables of a kind, to the value that other code compares with. @param {number} id @param {string} kind */
export const clearKind = (id, kind) => {
  for (const name of kinds[kind]) write(trackers[id], name, 0);
};
