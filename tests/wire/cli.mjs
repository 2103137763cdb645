// Replays recorded scenarios against a tracker and prints the differences:
//   node tests/wire/cli.mjs [--only NAMES] [--all] [--print] [--browsers N] [LIBRARY.js]
// in the browser that TEST_BROWSER names (chromium, firefox or webkit).
// NAMES: separated by commas; each is a scenario's name, a part of it, or the number of a file. Scenarios marked
// `difference` (afterhit differs on purpose) or `notIn` are skipped unless --all is given or NAMES has their full name. --print prints
// what the library did as JSON, in the form of a scenario's `expect`.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { testBrowser } from "../../scripts/lib/find-browser.mjs";
import { createPool, POOL_SIZE } from "./browser-pool.mjs";
import { compare } from "./compare.mjs";
import { readScenarios } from "./scenarios.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    all: { type: "boolean" },
    print: { type: "boolean" },
    browsers: { type: "string" },
  },
});
const browser = testBrowser();
const only = values.only?.split(",");
const library = positionals[0] ?? fileURLToPath(new URL("../../dist/afterhit.js", import.meta.url));

const selected = readScenarios().flatMap(({ file, scenarios }) =>
  scenarios
    .filter(({ name }) => only?.some((part) => name.includes(part) || file.startsWith(`${part}-`)) ?? true)
    .map((scenario) => ({ file, scenario })),
);
const replayed = selected.filter(
  ({ scenario: { name, difference, notIn } }) =>
    values.all || !(difference || notIn?.[browser]) || only?.includes(name),
);

const pool = createPool(readFileSync(library), Number(values.browsers ?? POOL_SIZE));
const results = replayed.map(({ file, scenario }) => ({
  title: `${file} ${scenario.name}`,
  lines: pool.replay(scenario).then(
    (got) => {
      if (values.print) console.log(`${scenario.name}:\n${JSON.stringify(got, undefined, 2)}`);
      return compare(scenario.expect, got);
    },
    (error) => [`could not be replayed: ${error.message}`],
  ),
}));
let failed = 0;
for (const { title, lines: pending } of results) {
  const lines = await pending;
  if (lines.length === 0) continue;
  failed++;
  console.log([`FAIL ${title}`, ...lines].join("\n  "));
}
await pool.close();
console.log(
  `${replayed.length - failed} passed, ${failed} failed, ${selected.length - replayed.length} skipped`,
);
process.exitCode = failed > 0 ? 1 : 0;
