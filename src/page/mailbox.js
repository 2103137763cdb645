// Strings on their way between JavaScript and the core, whose exports take and return only numbers.
//
// The mailbox has room for one call: `setArguments(...)` before calling an export, which reads them with `argument(i)`; what
// the export passes to `setResult` is what `callWith` returns. The rule on the Rust side: an export reads its arguments
// before it calls any other host function, because that may call an export too and overwrite them (`slotOf` in
// properties.js does).

/** @type {any[]} */
let args;

/** The arguments of the export that is called next. @param {...any} texts strings, or what is to be made one */
export const setArguments = (...texts) => {
  args = texts;
};

/** @param {number} index */
export const argument = (index) => args[index];

let result = "";

/** @param {number} _ @param {string} text */
export const setResult = (_, text) => {
  result = text;
};

/** Calls an export with arguments and returns its result. @param {() => void} act @param {...string} texts */
export const callWith = (act, ...texts) => {
  args = texts;
  result = "";
  act();
  return result;
};

/** Strings that the core keeps for each tracker. @type {any} */
const slots = { __proto__: null };

/** @param {number} id @param {string} name @returns {string} */
export const stringSlot = (id, name) => slots[name + id] ?? "";

/** @param {number} id @param {string} pair name NUL text */
export const setStringSlot = (id, pair) => {
  const end = pair.indexOf("\0");
  slots[pair.slice(0, end) + id] = pair.slice(end + 1);
};

let answer = "";

/** Keeps an answer that did not fit into the core's buffer. @param {string} text */
export const keepAnswer = (text) => {
  answer = text;
};

export const lastAnswer = () => answer;

/** Decodes as forms do, where `+` is a space; `unescape` reads what pages in other encodings than UTF-8 wrote. @param {number} _ @param {string} text */
export const decodePercent = (_, text) => {
  const spaced = text.replace(/\+/g, " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return unescape(spaced);
  }
};
