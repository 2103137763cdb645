// npm run arrange: looks for an order of functions and locals with which the script is smaller, from the last one on
//   npm run arrange -- --minutes 20
// It needs `npm run build` before, and after it; what it has found is scripts/build/arrangement.txt.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { deflateRaw } from "pako";
import { search } from "./arrange/search.mjs";
import { readOrder, uniqueNames, writeOrder } from "./build/arrangement.mjs";
import { putTogether, takeApart } from "./build/parts.mjs";
import { zlib } from "./build/sizes.mjs";
import { literal, standInFor } from "./build/text.mjs";
import { Failure, main, root, say } from "./lib/run.mjs";

const folder = "build/tracker/";

/** @param {string} file */
function built(file) {
  try {
    return readFileSync(join(root, folder, file));
  } catch {
    throw new Failure(`There is no ${folder}${file}: run \`npm run build\` first.`);
  }
}

/** @param {string} text */
function minutesFrom(text) {
  const minutes = Number(text);
  if (minutes > 0) return minutes;
  throw new Failure(`--minutes wants a number above 0, not ${text}.`);
}

await main(async () => {
  const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" } } });
  const minutes = minutesFrom(values.minutes);
  const module = built("afterhit_short.wasm");
  const parts = takeApart(module);
  const names = uniqueNames(built("afterhit_named.wasm"));
  const zero = standInFor(module);
  const weigh = (/** @type {import("./build/parts.mjs").Order} */ order) =>
    deflateRaw(Buffer.from(literal(putTogether(parts, order), zero)), zlib).length;

  const order = readOrder(parts, names);
  const before = weigh(order);
  const start = performance.now();
  const found = search(order, weigh, () => (performance.now() - start) / (minutes * 60_000));
  writeOrder(found, names);
  say(`the module as text, compressed: ${before} bytes before, ${weigh(found)} now. Run \`npm run build\`.`);
});
