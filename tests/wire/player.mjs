// Plays recorded scenarios against a tracker and shows where it differs:
//   node tests/wire/player.mjs [--only NAMES] [--all] [--players N] [LIBRARY.js]
// NAMES, separated by commas: a scenario's name, a part of one, or a file's number. Scenarios in which afterhit differs
// on purpose are left out unless --all is given or their whole name is.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gather, PLAYERS } from "./company.mjs";
import { compare } from "./compare.mjs";
import { readScenarios } from "./scenarios.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, all: { type: "boolean" }, players: { type: "string" } },
});
const only = values.only?.split(",");
const library = positionals[0] ?? fileURLToPath(new URL("../../dist/afterhit.js", import.meta.url));

const wanted = readScenarios().flatMap(({ file, scenarios }) =>
  scenarios
    .filter(({ name }) => only?.some((part) => name.includes(part) || file.startsWith(`${part}-`)) ?? true)
    .map((scenario) => ({ file, scenario })),
);
const played = wanted.filter(
  ({ scenario }) => values.all || !scenario.difference || only?.includes(scenario.name),
);

const company = gather(readFileSync(library), Number(values.players ?? PLAYERS));
const findings = company.playAll(played.map(({ scenario }) => scenario));
let failed = 0;
for (const { file, scenario } of played) {
  const found = /** @type {NonNullable<ReturnType<typeof findings.get>>} */ (findings.get(scenario));
  const lines = await found.then(
    (got) => compare(scenario.expect, got),
    (error) => [`could not be played: ${error.message}`],
  );
  if (lines.length === 0) continue;
  failed++;
  console.log([`FAIL ${file} ${scenario.name}`, ...lines].join("\n  "));
}
await company.dismiss();
console.log(`${played.length - failed} passed, ${failed} failed, ${wanted.length - played.length} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
