// The trackers as the page sees them: their properties, read and written as text by position.

/** @type {any[]} */
export const trackers = [];

/** Values that a call has replaced, to be put back when it ends. @type {any[]} */
const lent = [];

// NUL ends a name or a value, so both it and the escape are escaped.
export const text = (/** @type {any} */ value) =>
  `${value}`.replace(/[\0\x01]/g, (sign) => (sign > "\0" ? "\x011" : "\x010"));

/** The names and values of all that is truthy in an object, each followed by NUL. @param {any} object */
export const read = (object) => {
  let pairs = "";
  for (const name in object) {
    try {
      const value = object[name];
      if (value && typeof value != "function" && !(name in Object.prototype)) {
        pairs += `${text(name)}\0${text(value)}\0`;
      }
    } catch {
      // A getter or a toString of the page that throws must not cost the other variables.
    }
  }
  return pairs;
};

/** The variables of a tracker. @param {number} n */
export const variables = (n) => read(trackers[n]);

/** What an object in a property of a tracker holds. @param {number} n @param {string} name */
export const inner = (n, name) => read(trackers[n][name]);

/** A property that cannot be written must not cost the others. @param {any} object @param {any} name @param {any} value */
const write = (object, name, value) => {
  try {
    object[name] = value;
  } catch {}
};

/** Sets properties of a tracker from names and values, each followed by NUL. @param {number} n @param {string} pairs */
export const assign = (n, pairs) => {
  const parts = pairs.split("\0");
  for (let i = 0; i + 1 < parts.length; i += 2) write(trackers[n], parts[i], parts[i + 1] || undefined);
};

/**
 * Replaces properties of a tracker by those of another object until `restore`.
 * @param {number} n @param {string} names @param {any} source
 */
export const lend = (n, names, source) => {
  /** @type {any} */
  const before = {};
  for (const name of names.split("\0")) {
    if (name in before) continue;
    before[name] = trackers[n][name];
    write(trackers[n], name, source[name]);
  }
  lent.push(before);
};

/** @param {number} n */
export const restore = (n) => {
  const before = lent.pop();
  for (const name in before) write(trackers[n], name, before[name]);
};
