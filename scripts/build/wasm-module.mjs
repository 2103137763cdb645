// Reads a WebAssembly module as far as it can be reordered: its functions, their locals, and every use of either.
import { BinaryReader, ExternalKind, NameType, SectionCode, BinaryReaderState as State } from "wasmparser";
import { Failure } from "../lib/run.mjs";
import { readableName } from "./function-names.mjs";
import { encodeLocals } from "./wasm-encoding.mjs";

/**
 * A run of bytes that is the same in every order, and the index of a local or function that follows it.
 * @typedef {{ bytes: Uint8Array, local?: number, callee?: number }} Chunk
 *
 * @typedef {object} WasmFunction
 * @property {string} name empty in a module without names
 * @property {number} bytes its size
 * @property {number} type index of its signature
 * @property {number} parameters how many: the first locals, in an order that callers rely on
 * @property {number[]} locals types of the other locals
 * @property {Chunk[]} body
 *
 * @typedef {object} WasmModule
 * @property {Uint8Array} header
 * @property {{ id: number, bytes: Uint8Array }[]} sections each with its id and length
 * @property {import("wasmparser").IExportEntry[]} exports
 * @property {number} imported how many functions are imported; their indices come first
 * @property {WasmFunction[]} functions
 *
 * @typedef {{ state: State, start: number, end: number, result: any }} Item
 */

/** @param {Uint8Array} module @returns {WasmModule} */
export function parseModule(module) {
  const items = readItems(module);
  /** @param {State} state */
  const results = (state) => items.filter((item) => item.state === state).map(({ result }) => result);
  const imported = results(State.IMPORT_SECTION_ENTRY).filter(isFunction).length;
  const types = results(State.TYPE_SECTION_ENTRY);
  const signatures = results(State.FUNCTION_SECTION_ENTRY);
  const names = functionNames(results(State.NAME_SECTION_ENTRY));
  const bodies = between(items, State.BEGIN_FUNCTION_BODY, State.END_FUNCTION_BODY);
  const sections = between(items, State.BEGIN_SECTION, State.END_SECTION).map((section) => ({
    id: section[0]?.result.id,
    bytes: module.subarray(section[0]?.start, section.at(-1)?.end),
  }));
  if (sections.some(({ id }) => id === SectionCode.Start || id === SectionCode.Element))
    throw new Failure(
      "The module has a start function or a table: reordering would not update their indices.",
    );
  return {
    header: module.subarray(0, items[0]?.end),
    sections,
    exports: results(State.EXPORT_SECTION_ENTRY),
    imported,
    functions: bodies.map((body, index) => {
      const type = signatures[index].typeIndex;
      const name = names.get(imported + index) ?? "";
      return { name, type, parameters: types[type].params.length, ...parseBody(module, body) };
    }),
  };
}

/** @param {{ kind: ExternalKind }} entry of the imports or exports */
export const isFunction = ({ kind }) => kind === ExternalKind.Function;

/** @param {Uint8Array} module @returns {Item[]} */
function readItems(module) {
  const reader = new BinaryReader();
  reader.setData(Uint8Array.from(module).buffer, 0, module.length);
  /** @type {Item[]} */
  const items = [];
  while (reader.state !== State.END_WASM) {
    const start = reader.position;
    if (!reader.read() || reader.state === State.ERROR)
      throw new Failure(
        `The module cannot be parsed at byte ${start}: ${reader.error?.message ?? "it ends there"}.`,
      );
    const { state, position: end, result } = reader;
    items.push({ state, start, end, result });
  }
  return items;
}

/**
 * The runs of items from each `begin` to the next `end`, both included.
 * @param {Item[]} items
 * @param {State} begin
 * @param {State} end
 */
function between(items, begin, end) {
  const starts = [...items.keys()].filter((index) => items[index]?.state === begin);
  return starts.map((start) =>
    items.slice(start, 1 + items.findIndex(({ state }, index) => index > start && state === end)),
  );
}

/** @param {import("wasmparser").IFunctionNameEntry[]} entries */
function functionNames(entries) {
  const decoder = new TextDecoder();
  const names = entries.filter(({ type }) => type === NameType.Function).flatMap((entry) => entry.names);
  return new Map(names.map(({ index, name }) => [index, readableName(decoder.decode(name))]));
}

/** @param {Uint8Array} module @param {Item[]} items of one function */
function parseBody(module, [begin, ...instructions]) {
  /** @type {import("wasmparser").IFunctionInformation} */
  const information = begin?.result;
  const locals = information.locals.flatMap(({ count, type }) => Array(count).fill(type.code));
  /** @type {Chunk[]} */
  const body = [];
  const codeStart = begin?.end ?? 0;
  let from = codeStart;
  for (const { start, end, result } of instructions) {
    const { localIndex: local, funcIndex: callee } = result ?? {};
    if (local === undefined && callee === undefined) continue;
    // The opcode is one byte.
    body.push({ bytes: module.subarray(from, start + 1), local, callee });
    from = end;
  }
  const end = instructions.at(-1)?.end ?? from;
  body.push({ bytes: module.subarray(from, end) });
  return { locals, body, bytes: encodeLocals(locals).length + end - codeStart };
}
