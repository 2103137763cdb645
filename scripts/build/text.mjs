// A WebAssembly module as JavaScript text: one character for each byte, U+0000 to U+00FF.

/**
 * The bytes that a module has most of cost most as text: NUL must be escaped, and what is above U+007F takes two bytes.
 * Inverting the same bits of every byte turns them into others, which saves 1 to 2 % of the compressed file. These masks
 * have been the best of all 255 for one state of the tracker or another.
 */
export const masks = [42, 60, 69, 75, 109, 111, 118, 119];

/**
 * @param {Uint8Array} bytes
 * @param {number} mask
 */
export const masked = (bytes, mask) => bytes.map((byte) => byte ^ mask);

/**
 * A template literal, in which line feeds may stand as they are; it may also stand in an HTML page.
 * @param {Uint8Array} bytes
 */
export function literal(bytes) {
  const escaped = Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\\`]|\$(?=\{)/g, "\\$&")
    // A page's parser changes NUL and CR.
    .replace(/\0(?!\d)/g, "\\0")
    .replaceAll("\0", "\\x00")
    .replaceAll("\r", "\\r")
    // Nothing in it may end or comment out the script element that somebody puts it into.
    .replace(/<(?=!--|\/?script)/gi, "<\\")
    .replaceAll("-->", "--\\>");
  return `\`${escaped}\``;
}
