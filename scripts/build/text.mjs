// A WebAssembly module as JavaScript text: one character for each byte, U+0000 to U+00FF.

/**
 * A string literal, which may also stand in an HTML page. It is read faster than a template, which is kept twice.
 * @param {Uint8Array} bytes
 */
export function literal(bytes) {
  const escaped = Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\\']/g, "\\$&")
    .replaceAll("\n", "\\n")
    // A page's parser changes NUL and CR.
    .replace(/\0(?!\d)/g, "\\0")
    .replaceAll("\0", "\\x00")
    .replaceAll("\r", "\\r")
    // Nothing in it may end or comment out the script element that somebody puts it into.
    .replace(/<(?=!--|\/?script)/gi, "<\\")
    .replaceAll("-->", "--\\>");
  return `'${escaped}'`;
}
