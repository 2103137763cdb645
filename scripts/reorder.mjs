// npm run reorder: searches for an order of functions and locals that makes the script smaller.
//   npm run reorder -- --minutes 20
// Starts from scripts/build/function-order.txt and writes what it finds there. Run `npm run build` before and after.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { deflateRaw } from "pako";
import { stringLiteral, substituteForZero } from "./build/embed-wasm.mjs";
import {
  functionNames,
  readFunctionOrder,
  resolveOrder,
  writeFunctionOrder,
} from "./build/function-order.mjs";
import { zlib } from "./build/sizes.mjs";
import { parseModule } from "./build/wasm-module.mjs";
import { writeModule } from "./build/wasm-writer.mjs";
import { positiveInteger } from "./lib/flags.mjs";
import { Failure, main, root, say } from "./lib/run.mjs";
import { search } from "./reorder/search.mjs";

const MS_PER_MINUTE = 60_000;

/** @param {string} name of a file in build/tracker */
function readBuilt(name) {
  const file = `build/tracker/${name}`;
  try {
    return readFileSync(join(root, file));
  } catch {
    throw new Failure(`${file} is missing: run \`npm run build\` first.`);
  }
}

await main(async () => {
  const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" } } });
  const durationMs = positiveInteger(values.minutes, "--minutes") * MS_PER_MINUTE;
  const bytes = readBuilt("afterhit_short.wasm");
  const module = parseModule(bytes);
  const names = functionNames(readBuilt("afterhit_named.wasm"));
  const zero = substituteForZero(bytes);
  const compressedSize = (/** @type {import("./build/wasm-writer.mjs").Order} */ order) =>
    deflateRaw(Buffer.from(stringLiteral(writeModule(module, order), zero)), zlib).length;

  const order = resolveOrder(readFunctionOrder(), module, names);
  const before = compressedSize(order);
  const start = performance.now();
  const best = search(order, compressedSize, () => (performance.now() - start) / durationMs);
  writeFunctionOrder(best, names);
  say(
    `the embedded module has ${compressedSize(best)} bytes compressed, ${before} before. Run \`npm run build\`.`,
  );
});
