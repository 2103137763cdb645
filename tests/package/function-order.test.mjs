// The build chooses the order of functions and locals (scripts/build/function-order.txt); it must not change the module otherwise.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readBudgets } from "../../scripts/build/budgets.mjs";
import { functionNames, readFunctionOrder, unknownNames } from "../../scripts/build/function-order.mjs";
import { parseModule } from "../../scripts/build/wasm-module.mjs";
import { writeModule } from "../../scripts/build/wasm-writer.mjs";
import { ask } from "../../scripts/lib/run.mjs";

const MAX_UNKNOWN_SHARE = 0.05;

/** @param {string} name */
const readBuilt = (name) => readFileSync(new URL(`../../build/tracker/${name}`, import.meta.url));

const module = readBuilt("afterhit_short.wasm");

/** @param {ArrayLike<unknown>} list */
const indicesOf = (list) => Array.from(list, (_, index) => index);

/** @param {import("../../scripts/build/wasm-module.mjs").WasmModule} module */
const currentOrder = ({ functions }) => ({
  functions: indicesOf(functions),
  locals: functions.map(({ locals }) => indicesOf(locals)),
});

/** @param {Uint8Array<ArrayBuffer>} module */
const exportsOf = (module) => WebAssembly.Module.exports(new WebAssembly.Module(module));

/** @param {Uint8Array} module */
function reversed(module) {
  const parsed = parseModule(module);
  const { functions, locals } = currentOrder(parsed);
  return writeModule(parsed, {
    functions: functions.toReversed(),
    locals: locals.map((indices) => indices.toReversed()),
  });
}

test("a module written in its own order is unchanged", () => {
  const parsed = parseModule(module);
  assert.deepEqual(writeModule(parsed, currentOrder(parsed)), module);
});

test("a reversed module is valid, and reversed again it is unchanged", () => {
  const other = reversed(module);
  assert.ok(WebAssembly.validate(other));
  assert.notDeepEqual(other, module);
  assert.deepEqual(exportsOf(other), exportsOf(module));
  assert.deepEqual(reversed(other), module);
});

test("a module that is cut off is not parsed", () => {
  assert.throws(() => parseModule(module.subarray(0, 1000)), /cannot be parsed at byte/);
});

test("function-order.txt names functions that the module has", (t) => {
  if (readBudgets().rust !== ask("rustc", ["--version"]))
    return t.skip("another rustc generates other functions");
  const order = readFunctionOrder();
  const unknown = unknownNames(order, functionNames(readBuilt("afterhit_named.wasm")));
  assert.ok(unknown.length <= order.size * MAX_UNKNOWN_SHARE, `unknown functions: ${unknown.join(", ")}`);
});
