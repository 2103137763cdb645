// Writes a parsed WebAssembly module with its functions, and the locals of each, in another order.
// https://webassembly.github.io/spec/core/binary/modules.html
import { SectionCode } from "wasmparser";
import { encodeLocals, leb128, sized, vector } from "./wasm-encoding.mjs";
import { isFunction } from "./wasm-module.mjs";

/**
 * @typedef {import("./wasm-module.mjs").WasmModule} WasmModule
 * @typedef {import("./wasm-module.mjs").WasmFunction} WasmFunction
 * @typedef {(index: number) => number} Renumber from the old index of a function to the new one
 *
 * @typedef {object} Order
 * @property {number[]} functions the old indices of the functions, imported ones not counted, in their new order
 * @property {number[][]} locals for each function, by its old index, the new indices of its locals, parameters not counted
 */

/** @param {WasmModule} module @param {Order} order */
export function writeModule(module, order) {
  const { header, sections, exports, functions } = module;
  const renumber = renumbering(module, order);
  const inOrder = order.functions.map((index) => /** @type {WasmFunction} */ (functions[index]));
  /** @type {Partial<Record<number, () => Uint8Array[]>>} */
  const reordered = {
    [SectionCode.Function]: () => inOrder.map(({ type }) => leb128(type)),
    [SectionCode.Export]: () => exports.map((entry) => encodeExport(entry, renumber)),
    [SectionCode.Code]: () =>
      inOrder.map((one, at) => encodeFunction(one, order.locals[order.functions[at] ?? 0] ?? [], renumber)),
  };
  const written = sections.map(({ id, bytes }) => {
    const items = reordered[id];
    return items ? Buffer.concat([leb128(id), sized(vector(items()))]) : bytes;
  });
  return Buffer.concat([header, ...written]);
}

/** @param {WasmModule} module @param {Order} order @returns {Renumber} */
function renumbering({ imported }, { functions }) {
  /** @type {number[]} */
  const indices = [];
  for (const [index, old] of functions.entries()) indices[imported + old] = imported + index;
  return (old) => indices[old] ?? old;
}

/** @param {import("wasmparser").IExportEntry} entry @param {Renumber} renumber */
function encodeExport({ field, kind, index }, renumber) {
  return Buffer.concat([sized(field), leb128(kind), leb128(isFunction({ kind }) ? renumber(index) : index)]);
}

/** @param {WasmFunction} one @param {number[]} order of its locals @param {Renumber} renumber */
function encodeFunction({ parameters, locals, body }, order, renumber) {
  /** @type {number[]} */
  const types = [];
  for (const [old, type] of locals.entries()) types[order[old] ?? old] = type;
  /** @type {Uint8Array[]} */
  const code = [encodeLocals(types)];
  for (const { bytes, local, callee } of body) {
    code.push(bytes);
    if (local !== undefined) {
      const old = local - parameters;
      code.push(leb128(old < 0 ? local : parameters + (order[old] ?? old)));
    }
    if (callee !== undefined) code.push(leb128(renumber(callee)));
  }
  return sized(Buffer.concat(code));
}
