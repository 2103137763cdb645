// Replays recorded scenarios against a tracker and prints the differences:
//   node tests/wire/cli.mjs [--only NAMES] [--all] [--browsers N] [LIBRARY.js]
// NAMES: separated by commas; each is a scenario's name, a part of it, or the number of a file. Scenarios marked
// `difference` (afterhit differs on purpose) are skipped unless --all is given or NAMES has their full name.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createPool, POOL_SIZE } from "./browser-pool.mjs";
import { compare } from "./compare.mjs";
import { readScenarios } from "./scenarios.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, all: { type: "boolean" }, browsers: { type: "string" } },
});
const only = values.only?.split(",");
const library = positionals[0] ?? fileURLToPath(new URL("../../dist/afterhit.js", import.meta.url));

const selected = readScenarios().flatMap(({ file, scenarios }) =>
  scenarios
    .filter(({ name }) => only?.some((part) => name.includes(part) || file.startsWith(`${part}-`)) ?? true)
    .map((scenario) => ({ file, scenario })),
);
const replayed = selected.filter(
  ({ scenario }) => values.all || !scenario.difference || only?.includes(scenario.name),
);

const pool = createPool(readFileSync(library), Number(values.browsers ?? POOL_SIZE));
const results = pool.replayAll(replayed.map(({ scenario }) => scenario));
let failed = 0;
for (const { file, scenario } of replayed) {
  const result = /** @type {NonNullable<ReturnType<typeof results.get>>} */ (results.get(scenario));
  const lines = await result.then(
    (got) => compare(scenario.expect, got),
    (error) => [`could not be replayed: ${error.message}`],
  );
  if (lines.length === 0) continue;
  failed++;
  console.log([`FAIL ${file} ${scenario.name}`, ...lines].join("\n  "));
}
await pool.close();
console.log(
  `${replayed.length - failed} passed, ${failed} failed, ${selected.length - replayed.length} skipped`,
);
process.exitCode = failed > 0 ? 1 : 0;
