// Encodes numbers and lists as WebAssembly's binary format does.
// https://webassembly.github.io/spec/core/binary/conventions.html

/** Encoded numbers: writing a module takes thousands of the same few. @type {Uint8Array[]} */
const numbers = [];

/** @param {number} value an unsigned integer @returns {Uint8Array} */
export function leb128(value) {
  numbers[value] ??= Uint8Array.from(value < 128 ? [value] : [(value & 127) | 128, ...leb128(value >>> 7)]);
  return numbers[value];
}

/** Puts the length in bytes before them. @param {Uint8Array} bytes */
export const sized = (bytes) => Buffer.concat([leb128(bytes.length), bytes]);

/** Puts the number of items before them. @param {Uint8Array[]} items each one encoded */
export const vector = (items) => Buffer.concat([leb128(items.length), ...items]);

/** Declares the locals of a function: neighbours of one type share an entry. @param {number[]} types */
export function encodeLocals(types) {
  /** @type {{ type: number, count: number }[]} */
  const groups = [];
  for (const type of types) {
    const last = groups.at(-1);
    if (last?.type === type) last.count++;
    else groups.push({ type, count: 1 });
  }
  // Types are negative numbers, as signed LEB128 of one byte.
  return vector(groups.map(({ type, count }) => Buffer.concat([leb128(count), leb128(type & 127)])));
}
