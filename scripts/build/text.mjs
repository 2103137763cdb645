// A WebAssembly module as JavaScript text: one character for each byte, U+0000 to U+00FF.

/**
 * @param {Uint8Array} bytes
 * @param {'"' | "'" | "`"} quote
 * @returns {string} a JavaScript literal that may also stand in an HTML page
 */
export function literal(bytes, quote) {
  const text = Buffer.from(bytes).toString("latin1");
  const inTemplate = quote === "`";
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll(quote, `\\${quote}`)
    // A page's parser changes NUL and CR.
    .replace(/\0(?!\d)/g, "\\0")
    .replaceAll("\0", "\\x00")
    .replaceAll("\r", "\\r")
    .replace(/\n/g, inTemplate ? "\n" : "\\n")
    .replace(inTemplate ? /\$\{/g : /$^/g, "\\${")
    // Nothing in it may end or comment out the script element that somebody puts it into.
    .replace(/<(?=!--|\/?script)/gi, "<\\")
    .replaceAll("-->", "--\\>");
  return quote + escaped + quote;
}
