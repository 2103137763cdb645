// Bytes as WebAssembly's binary format has them: single ones, numbers in LEB128, names.
// https://webassembly.github.io/spec/core/binary/values.html

/** Reads numbers and names from bytes, one after the other. */
export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  byte() {
    return this.bytes[this.at++] ?? 0;
  }

  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** @param {number} length */
  part(length) {
    this.at += length;
    return new Reader(this.bytes.subarray(this.at - length, this.at));
  }

  name() {
    return new TextDecoder().decode(this.part(this.number()).bytes);
  }

  get isAtEnd() {
    return this.at >= this.bytes.length;
  }
}

/** Writes them, one after the other. */
export class Writer {
  constructor() {
    this.room = new Uint8Array(64);
    this.length = 0;
  }

  /** @param {ArrayLike<number>} bytes */
  bytes(bytes) {
    const end = this.length + bytes.length;
    if (end > this.room.length) this.grow(end);
    this.room.set(bytes, this.length);
    this.length = end;
  }

  /** An unsigned number as LEB128. @param {number} value */
  number(value) {
    let left = value;
    for (; left > 127; left >>>= 7) this.byte((left & 127) | 128);
    this.byte(left);
  }

  /** @param {number} byte */
  byte(byte) {
    if (this.length === this.room.length) this.grow(this.length + 1);
    this.room[this.length++] = byte;
  }

  /** What was written elsewhere, behind its length. @param {Writer} content */
  sized(content) {
    this.number(content.length);
    this.bytes(content.written());
  }

  /** What there is so far. */
  written() {
    return this.room.subarray(0, this.length);
  }

  /** @param {number} length that is needed */
  grow(length) {
    const room = new Uint8Array(length * 2);
    room.set(this.room);
    this.room = room;
  }
}
