// A module taken apart as far as its numbers are free: the order of its functions, and that of each function's locals.
// https://webassembly.github.io/spec/core/binary/index.html
import { Failure } from "../lib/run.mjs";
import { Reader, Writer } from "./bytes.mjs";
import { importedFunctions, section, sectionsOf } from "./wasm.mjs";

/**
 * @typedef {{ bytes: Uint8Array, local?: number, callee?: number }} Piece bytes, and the number that stands behind them
 *
 * @typedef {object} Func
 * @property {number} type
 * @property {number} parameters how many; they are locals whose order callers know
 * @property {number[]} locals types of the other ones
 * @property {Piece[]} body
 *
 * @typedef {{ head: Uint8Array, sections: ReturnType<typeof sectionsOf>, imported: number, functions: Func[] }} Parts
 *
 * @typedef {object} Order
 * @property {number[]} functions which function stands at each place
 * @property {number[][]} locals for each function the new places of its locals behind the parameters
 */

const instruction = { call: 0x10, firstOfLocals: 0x20, lastOfLocals: 0x22 };
const externalFunction = 0;

/** @param {Uint8Array<ArrayBuffer>} module @returns {Parts} */
export function takeApart(module) {
  const sections = sectionsOf(module);
  if (sections.some(({ id }) => id === section.start || id === section.elements))
    throw new Failure("The module has a table of functions: scripts/build/parts.mjs knows none.");
  const content = (/** @type {number} */ id) =>
    new Reader(sections.find((one) => one.id === id)?.bytes ?? new Uint8Array(1));
  const parameters = parametersOf(content(section.types));
  const types = content(section.functions);
  const code = content(section.code);
  types.number();
  const functions = Array.from({ length: code.number() }, () => {
    const type = types.number();
    return { type, parameters: parameters[type] ?? 0, ...codeOf(code.part(code.number())) };
  });
  return { head: module.subarray(0, 8), sections, imported: importedFunctions(module), functions };
}

/** How many parameters each type has. @param {Reader} types */
function parametersOf(types) {
  return Array.from({ length: types.number() }, () => {
    types.byte();
    const parameters = types.number();
    types.part(parameters);
    types.part(types.number());
    return parameters;
  });
}

/** @param {Reader} code of one function @returns {Pick<Func, "locals" | "body">} */
function codeOf(code) {
  const groups = Array.from({ length: code.number() }, () => ({ length: code.number(), type: code.byte() }));
  const locals = groups.flatMap(({ length, type }) => Array(length).fill(type));
  /** @type {Piece[]} */
  const body = [];
  let from = code.at;
  while (!code.isAtEnd) {
    const opcode = code.byte();
    const isLocal = opcode >= instruction.firstOfLocals && opcode <= instruction.lastOfLocals;
    if (!isLocal && opcode !== instruction.call) {
      skipImmediates(code, opcode);
      continue;
    }
    const bytes = code.bytes.subarray(from, code.at);
    body.push({ bytes, [isLocal ? "local" : "callee"]: code.number() });
    from = code.at;
  }
  body.push({ bytes: code.bytes.subarray(from) });
  return { locals, body };
}

/** How many numbers stand behind an instruction, where there are any. @param {number} opcode */
function numbersBehind(opcode) {
  const isBlock = opcode >= 0x02 && opcode <= 0x04;
  const isBranch = opcode === 0x0c || opcode === 0x0d;
  const isGlobal = opcode === 0x23 || opcode === 0x24;
  const isMemorySize = opcode === 0x3f || opcode === 0x40;
  const isInteger = opcode === 0x41 || opcode === 0x42;
  if (isBlock || isBranch || isGlobal || isMemorySize || isInteger) return 1;
  const isLoadOrStore = opcode >= 0x28 && opcode <= 0x3e;
  const isIndirectCall = opcode === 0x11;
  return isLoadOrStore || isIndirectCall ? 2 : 0;
}

/** @param {Reader} code @param {number} opcode */
function skipImmediates(code, opcode) {
  const branchTable = 0x0e;
  const bulkMemory = 0xfc;
  const float = { 32: 0x43, 64: 0x44 };
  if (opcode > 0xc4 && opcode !== bulkMemory)
    throw new Failure(`scripts/build/parts.mjs does not know the instruction 0x${opcode.toString(16)}.`);
  if (opcode === float[32]) code.part(4);
  else if (opcode === float[64]) code.part(8);
  else if (opcode === branchTable) for (let left = code.number(); left >= 0; left--) code.number();
  else if (opcode === bulkMemory) skipBulkMemory(code);
  else for (let left = numbersBehind(opcode); left > 0; left--) code.number();
}

/** Copying names two memories and filling one; what else there is converts numbers. @param {Reader} code */
function skipBulkMemory(code) {
  const copy = 10;
  const fill = 11;
  const operation = code.number();
  if (operation === copy) code.part(2);
  else if (operation === fill) code.part(1);
  else if (operation > 7)
    throw new Failure(`scripts/build/parts.mjs does not know the instruction 0xfc ${operation}.`);
}

/** @param {Parts} parts @param {Order} order */
export function putTogether({ head, sections, imported, functions }, order) {
  /** @type {number[]} */
  const places = [];
  for (const [place, index] of order.functions.entries()) places[index] = place;
  const placeOf = (/** @type {number} */ index) =>
    index < imported ? index : imported + (places[index - imported] ?? 0);

  const out = new Writer();
  out.bytes(head);
  for (const { id, bytes } of sections) {
    const content = new Writer();
    if (id === section.functions) writeTypes(content, functions, order);
    else if (id === section.exports) writeExports(content, new Reader(bytes), placeOf);
    else if (id === section.code) writeCode(content, functions, order, placeOf);
    else content.bytes(bytes);
    out.number(id);
    out.sized(content);
  }
  return out.written();
}

/** @param {Writer} out @param {Func[]} functions @param {Order} order */
function writeTypes(out, functions, order) {
  out.number(functions.length);
  for (const index of order.functions) out.number(functions[index]?.type ?? 0);
}

/** @param {Writer} out @param {Reader} exports @param {(index: number) => number} placeOf */
function writeExports(out, exports, placeOf) {
  const count = exports.number();
  out.number(count);
  for (let left = count; left > 0; left--) {
    const from = exports.at;
    exports.name();
    const kind = exports.byte();
    out.bytes(exports.bytes.subarray(from, exports.at));
    const index = exports.number();
    out.number(kind === externalFunction ? placeOf(index) : index);
  }
}

/** @param {Writer} out @param {Func[]} functions @param {Order} order @param {(index: number) => number} placeOf */
function writeCode(out, functions, order, placeOf) {
  out.number(functions.length);
  for (const index of order.functions) {
    const one = functions[index];
    if (!one) continue;
    const content = new Writer();
    writeFunction(content, one, order.locals[index] ?? [], placeOf);
    out.sized(content);
  }
}

/** @param {Writer} out @param {Func} one @param {number[]} locals @param {(index: number) => number} placeOf */
function writeFunction(out, one, locals, placeOf) {
  /** @type {number[]} */
  const types = [];
  for (const [index, type] of one.locals.entries()) types[locals[index] ?? index] = type;
  /** @type {{ type: number, length: number }[]} */
  const groups = [];
  for (const type of types) {
    const last = groups.at(-1);
    if (last?.type === type) last.length++;
    else groups.push({ type, length: 1 });
  }
  out.number(groups.length);
  for (const { type, length } of groups) {
    out.number(length);
    out.number(type);
  }
  for (const { bytes, local, callee } of one.body) {
    out.bytes(bytes);
    if (local !== undefined)
      out.number(local < one.parameters ? local : one.parameters + (locals[local - one.parameters] ?? 0));
    if (callee !== undefined) out.number(placeOf(callee));
  }
}
