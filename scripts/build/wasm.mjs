// As much of WebAssembly's binary format as it takes to say how large each function is.
// https://webassembly.github.io/spec/core/binary/modules.html

const section = { custom: 0, code: 10 };

/** Reads numbers and names from bytes, one after the other. */
class Reader {
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

/**
 * @param {Uint8Array<ArrayBuffer>} module with its names
 * @returns {{ name: string, bytes: number }[]} the largest first
 */
export function functionSizes(module) {
  const sections = sectionsOf(module);
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(module)).filter(
    ({ kind }) => kind === "function",
  ).length;
  const names = functionNames(sections);
  const code = sections.find(({ id }) => id === section.code)?.content;
  if (!code) return [];
  const sizes = Array.from({ length: code.number() }, (_, index) => {
    const bytes = code.number();
    code.part(bytes);
    return { name: names.get(imported + index) ?? `function ${imported + index}`, bytes };
  });
  return sizes.sort((one, other) => other.bytes - one.bytes);
}

/** @param {Uint8Array} module */
function sectionsOf(module) {
  const reader = new Reader(module);
  reader.part(8);
  const sections = [];
  while (!reader.isAtEnd) {
    const id = reader.byte();
    sections.push({ id, content: reader.part(reader.number()) });
  }
  return sections;
}

/** @param {{ id: number, content: Reader }[]} sections */
function functionNames(sections) {
  /** @type {Map<number, string>} */
  const names = new Map();
  for (const { id, content } of sections) {
    if (id !== section.custom || content.name() !== "name") continue;
    while (!content.isAtEnd) {
      const kind = content.byte();
      const part = content.part(content.number());
      if (kind !== 1) continue;
      for (let left = part.number(); left > 0; left--) names.set(part.number(), readable(part.name()));
    }
  }
  return names;
}

/**
 * Rust's mangled names without what nobody wants to read.
 * @param {string} name
 */
function readable(name) {
  return name.replace(/::h[0-9a-f]{16}$/, "").replace(/^afterhit::/, "");
}

/**
 * The crate that a function comes from; Rust names ours without it.
 * @param {string} name
 */
export function crateOf(name) {
  const [, crate = ""] = name.match(/(\w+)(?:\[\w+\])?::/) ?? [];
  return /^(?:alloc|core|std|spin|wasm_bindgen|js_sys|web_sys|__rustc)$/.test(crate) ? crate : "afterhit";
}
