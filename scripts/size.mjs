// npm run size: what the shipped files weigh, and which functions and crates the module's bytes go into.
//   npm run size -- --write   makes that the budget (tests/budgets.json), which `npm test` holds
import { parseArgs } from "node:util";
import { budgets, exceeded, grown, largestFirst, rowsOf, weighed, write } from "./build/budgets.mjs";
import { printSizes } from "./build/sizes.mjs";
import { crateOf } from "./build/wasm.mjs";
import { Failure, main } from "./lib/run.mjs";

const shown = 40;

/** @param {{ name: string, bytes: number }[]} rows */
function print(rows) {
  for (const { name, bytes } of rows) console.log(`${String(bytes).padStart(7)}  ${name}`);
}

/** @param {[string, number][]} functions */
function byCrate(functions) {
  /** @type {Record<string, number>} */
  const crates = {};
  for (const [name, bytes] of functions) crates[crateOf(name)] = (crates[crateOf(name)] ?? 0) + bytes;
  return largestFirst(rowsOf(crates));
}

await main(async () => {
  const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
  const found = weighed();
  printSizes(found.files);
  const functions = Object.entries(found.functions);
  const code = functions.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`\n${code} bytes of code before compression, by crate:`);
  print(byCrate(functions));
  console.log(`\nthe largest of ${functions.length} functions:`);
  print(largestFirst(rowsOf(found.functions)).slice(0, shown));

  if (values.write) return write(found);
  const wanted = budgets();
  const over = exceeded(wanted, found);
  if (over.length === 0) return;
  console.log("\nmore than when the budget was set:");
  print(grown(wanted, found).slice(0, shown));
  throw new Failure(
    `${over.join("\n")}\nWhat \`npm run arrange\` finds may win some back. If it is worth the rest: npm run size -- --write`,
  );
});
