// npm run size: prints the sizes of the shipped files, and of the crates and functions in the module. Fails over budget.
//   npm run size -- --write   makes these sizes the budget (tests/budgets.json), which `npm test` enforces
import { parseArgs } from "node:util";
import {
  exceeded,
  grown,
  largestFirst,
  measureBuild,
  readBudgets,
  rowsOf,
  writeBudgets,
} from "./build/budgets.mjs";
import { crateOf } from "./build/function-names.mjs";
import { printSizes } from "./build/sizes.mjs";
import { Failure, main } from "./lib/run.mjs";

const MAX_ROWS = 40;

/** @param {{ name: string, bytes: number }[]} rows */
function print(rows) {
  for (const { name, bytes } of rows) console.log(`${String(bytes).padStart(7)}  ${name}`);
}

/** @param {[string, number][]} functions their names and sizes */
function byCrate(functions) {
  /** @type {Record<string, number>} */
  const crates = {};
  for (const [name, bytes] of functions) crates[crateOf(name)] = (crates[crateOf(name)] ?? 0) + bytes;
  return largestFirst(rowsOf(crates));
}

await main(async () => {
  const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
  const measured = measureBuild();
  printSizes(measured.files);
  const functions = Object.entries(measured.functions);
  const code = functions.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`\n${code} bytes of code before compression, by crate:`);
  print(byCrate(functions));
  console.log(`\nthe largest of ${functions.length} functions:`);
  print(largestFirst(rowsOf(measured.functions)).slice(0, MAX_ROWS));

  if (values.write) return writeBudgets(measured);
  const budgets = readBudgets();
  const over = exceeded(budgets, measured);
  if (over.length === 0) return;
  console.log("\nlarger than when the budget was set:");
  print(grown(budgets, measured).slice(0, MAX_ROWS));
  throw new Failure(
    `${over.join("\n")}\n\`npm run reorder\` may win some of it back. To accept the rest: npm run size -- --write`,
  );
});
