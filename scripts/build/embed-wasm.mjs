// Embeds a WebAssembly module in JavaScript as a string: one character from U+0000 to U+00FF for each byte.
// src/entry/load.js turns it back into bytes.

/** A character that needs no escape, neither in a string literal nor in HTML. */
const plain = /[!#-;=?-[\]_a-~]/;

/**
 * Zero bytes are frequent and would need an escape: the plain character that is rarest in the module replaces them. Where the
 * module has that character itself, its index is recorded.
 * @param {Uint8Array} bytes
 */
export function substituteForZero(bytes) {
  const occurrences = (/** @type {number} */ code) => bytes.filter((byte) => byte === code).length;
  const candidates = Array.from({ length: 128 }, (_, code) => code)
    .filter((code) => plain.test(String.fromCharCode(code)))
    .map((code) => ({ code, count: occurrences(code) }));
  const { code } = candidates.reduce((rarest, other) => (other.count < rarest.count ? other : rarest));
  const indices = [...bytes.keys()].filter((index) => bytes[index] === code);
  return { code, character: String.fromCharCode(code), indices };
}

/**
 * A string literal that may also be part of an HTML page. A template literal would be slower to parse, and kept twice.
 * @param {Uint8Array} bytes
 * @param {ReturnType<typeof substituteForZero>} zero
 */
export function stringLiteral(bytes, { code }) {
  const escaped = Buffer.from(bytes.map((byte) => byte || code))
    .toString("latin1")
    .replace(/[\\']/g, "\\$&")
    .replaceAll("\n", "\\n")
    // HTML parsers turn it into a line feed.
    .replaceAll("\r", "\\r")
    // Must not end or comment out an inline script.
    .replace(/<(?=!--|\/?script)/gi, "<\\")
    .replaceAll("-->", "--\\>");
  return `'${escaped}'`;
}
