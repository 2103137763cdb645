// UTF-8, also where unit tests run without the browser's own classes for it.

/** @param {string} text */
const encode = (text) =>
  Uint8Array.from(unescape(encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd"))), (character) =>
    character.charCodeAt(0),
  );

/** As methods of `TextEncoder` and `TextDecoder`. */
const replacement = {
  encode,
  /** @param {string} text @param {Uint8Array} to */
  encodeInto(text, to) {
    const bytes = encode(text);
    if (bytes.length > to.length) return { read: -1, written: 0 };
    to.set(bytes);
    return { read: text.length, written: bytes.length };
  },
  /** @param {Uint8Array} bytes */
  decode: (bytes) =>
    decodeURIComponent(escape(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))),
};

export const utf8 = () =>
  typeof TextEncoder == "function"
    ? { encoder: new TextEncoder(), decoder: new TextDecoder() }
    : { encoder: replacement, decoder: replacement };
