// A WebAssembly module as JavaScript text: one character for each byte, U+0000 to U+00FF.

/** A sign that needs no escape in a script and in HTML. */
const plain = /[!#-;=?-[\]_a-~]/;

/**
 * The plain sign that is rarest in a module: it stands for the zeros, which are frequent and would have to be escaped. Where
 * the module has that byte itself there is a zero too, and its place is noted.
 * @param {Uint8Array} bytes
 */
export function standInFor(bytes) {
  const count = (/** @type {number} */ wanted) => bytes.filter((byte) => byte === wanted).length;
  const candidates = Array.from({ length: 128 }, (_, byte) => byte)
    .filter((byte) => plain.test(String.fromCharCode(byte)))
    .map((byte) => ({ byte, count: count(byte) }));
  const { byte: code } = candidates.reduce((rarest, other) => (other.count < rarest.count ? other : rarest));
  const places = [...bytes.keys()].filter((place) => bytes[place] === code);
  return { code, sign: String.fromCharCode(code), places };
}

/**
 * A string literal, which may also stand in an HTML page. It is read faster than a template, which is kept twice.
 * @param {Uint8Array} bytes
 * @param {ReturnType<typeof standInFor>} zero what stands for the zeros
 */
export function literal(bytes, { code }) {
  const escaped = Buffer.from(bytes.map((byte) => byte || code))
    .toString("latin1")
    .replace(/[\\']/g, "\\$&")
    .replaceAll("\n", "\\n")
    // A page's parser changes it.
    .replaceAll("\r", "\\r")
    // Nothing in it may end or comment out the script element that somebody puts it into.
    .replace(/<(?=!--|\/?script)/gi, "<\\")
    .replaceAll("-->", "--\\>");
  return `'${escaped}'`;
}
