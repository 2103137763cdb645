// Puts the functions of the module, and the locals in each, in the order of function-order.txt. The module does the same in
// any order, but in this one similar code stands close together and gzip makes it 3 % smaller. `npm run reorder` finds it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/run.mjs";
import { uniqueNames } from "./function-names.mjs";
import { parseModule } from "./wasm-module.mjs";
import { writeModule } from "./wasm-writer.mjs";

/** A line for each function, in order: its name, a tab, and the new indices of its locals. */
export const functionOrderFile = "scripts/build/function-order.txt";

const file = join(root, functionOrderFile);

/**
 * @typedef {import("./wasm-writer.mjs").Order} Order
 * @typedef {import("./wasm-module.mjs").WasmModule} WasmModule
 * @typedef {Map<string, number[]>} NamedOrder the new indices of a function's locals by its name, functions in order
 */

/**
 * The same module, reordered; and the functions of function-order.txt that it does not have.
 * @param {Uint8Array} module
 * @param {Uint8Array} named the same module with its names
 */
export function reorder(module, named) {
  const parsed = parseModule(module);
  const order = readFunctionOrder();
  const names = functionNames(named);
  return {
    module: writeModule(parsed, resolveOrder(order, parsed, names)),
    unknown: unknownNames(order, names),
  };
}

/** @returns {NamedOrder} */
export function readFunctionOrder() {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return new Map(
    lines.map((line) => {
      const [name = "", locals = ""] = line.split("\t");
      return [name, locals.split(" ").filter(Boolean).map(Number)];
    }),
  );
}

/** @param {Order} order @param {string[]} names of the functions, by their old indices */
export function writeFunctionOrder({ functions, locals }, names) {
  const lines = functions.map((index) => `${names[index]}\t${(locals[index] ?? []).join(" ")}\n`);
  writeFileSync(file, lines.join(""));
}

/**
 * Functions that have no line in the file come last; locals keep their order where their number has changed.
 * @param {NamedOrder} order
 * @param {WasmModule} module
 * @param {string[]} names of its functions
 * @returns {Order}
 */
export function resolveOrder(order, { functions }, names) {
  const known = [...order.keys()].map((name) => names.indexOf(name)).filter((index) => index >= 0);
  const locals = functions.map(({ locals }, index) => {
    const indices = order.get(names[index] ?? "");
    return indices?.length === locals.length ? indices : [...locals.keys()];
  });
  return { functions: [...new Set([...known, ...names.keys()])], locals };
}

/** What was removed or renamed since the order was found: its bytes are lost. @param {NamedOrder} order @param {string[]} names */
export const unknownNames = (order, names) => [...order.keys()].filter((name) => !names.includes(name));

/** @param {Uint8Array} named a module with its names */
export const functionNames = (named) => uniqueNames(parseModule(named).functions.map(({ name }) => name));
