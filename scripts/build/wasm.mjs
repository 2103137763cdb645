// As much of WebAssembly's binary format as it takes to say which functions there are and how large each is.
// https://webassembly.github.io/spec/core/binary/modules.html
import { Reader } from "./bytes.mjs";

/** Sections by their numbers. */
export const section = {
  custom: 0,
  types: 1,
  functions: 3,
  exports: 7,
  start: 8,
  elements: 9,
  code: 10,
};

/**
 * @param {Uint8Array<ArrayBuffer>} module with its names
 * @returns {{ name: string, bytes: number }[]} in their order
 */
export function functionsOf(module) {
  const sections = sectionsOf(module);
  const imported = importedFunctions(module);
  const names = functionNames(sections);
  const code = sections.find(({ id }) => id === section.code);
  if (!code) return [];
  const content = new Reader(code.bytes);
  return Array.from({ length: content.number() }, (_, index) => {
    const bytes = content.number();
    content.part(bytes);
    return { name: names.get(imported + index) ?? `function ${imported + index}`, bytes };
  });
}

/** How many functions it imports: their numbers come before those of its own. @param {Uint8Array<ArrayBuffer>} module */
export function importedFunctions(module) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(module));
  return imports.filter(({ kind }) => kind === "function").length;
}

/** @param {Uint8Array} module */
export function sectionsOf(module) {
  const reader = new Reader(module);
  reader.part(8);
  const sections = [];
  while (!reader.isAtEnd) {
    const id = reader.byte();
    sections.push({ id, bytes: reader.part(reader.number()).bytes });
  }
  return sections;
}

/** @param {ReturnType<typeof sectionsOf>} sections */
function functionNames(sections) {
  /** @type {Map<number, string>} */
  const names = new Map();
  for (const { id, bytes } of sections) {
    const content = new Reader(bytes);
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
