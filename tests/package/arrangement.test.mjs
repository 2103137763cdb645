// The order of functions and locals is the build's to choose: the module stays the same module in any.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { putTogether, takeApart } from "../../scripts/build/parts.mjs";

const module = readFileSync(new URL("../../build/tracker/afterhit_short.wasm", import.meta.url));

/** @param {ArrayLike<unknown>} list */
const placesOf = (list) => Array.from(list, (_, place) => place);

/** @param {import("../../scripts/build/parts.mjs").Parts} parts */
const orderOf = ({ functions }) => ({
  functions: placesOf(functions),
  locals: functions.map(({ locals }) => placesOf(locals)),
});

/** @param {Uint8Array<ArrayBuffer>} module */
const exportsOf = (module) => WebAssembly.Module.exports(new WebAssembly.Module(module));

/** @param {Uint8Array<ArrayBuffer>} module */
function backwards(module) {
  const parts = takeApart(module);
  const { functions, locals } = orderOf(parts);
  return Buffer.from(
    putTogether(parts, {
      functions: functions.toReversed(),
      locals: locals.map((places) => places.toReversed()),
    }),
  );
}

test("put together in its own order, a module is what it was", () => {
  const parts = takeApart(module);
  assert.deepEqual(Buffer.from(putTogether(parts, orderOf(parts))), module);
});

test("put together backwards it is another valid one, and twice backwards what it was", () => {
  const other = backwards(module);
  assert.ok(WebAssembly.validate(other));
  assert.notDeepEqual(other, module);
  assert.deepEqual(exportsOf(other), exportsOf(module));
  assert.deepEqual(backwards(other), module);
});
