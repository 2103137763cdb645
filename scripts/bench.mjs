// npm run bench: measures size, time and memory of the tracker, of other trackers, and of the least that a hit can cost.
//   npm run bench -- [--peer FILE] [--rounds N | --quick] [--json FILE] [--chart]
//   npm run bench -- --from FILE [--chart]
// --peer: a script with AppMeasurement's API; ratios are relative to it. --chart: writes docs/bench.svg. --from: shows the
// JSON file of an earlier run.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chart } from "./bench/chart.mjs";
import { resultsOf } from "./bench/results.mjs";
import { loadSubjects } from "./bench/subjects.mjs";
import { table } from "./bench/table.mjs";
import { positiveInteger } from "./lib/flags.mjs";
import { Failure, main, root, say } from "./lib/run.mjs";

const QUICK_ROUNDS = 2;

/**
 * @param {string | undefined} peer
 * @param {number} rounds
 * @returns {Promise<import("./bench/results.mjs").Results>}
 */
async function measure(peer, rounds) {
  const subjects = await loadSubjects(peer);
  // Imports npm packages, which `npm run build` installs.
  const { runRounds } = await import("./bench/rounds.mjs");
  const measured = await runRounds(subjects, rounds, (round) => say(`round ${round + 1} of ${rounds}`));
  return resultsOf(measured, subjects, rounds);
}

/**
 * @param {string} file
 * @returns {import("./bench/results.mjs").Results}
 */
function readResults(file) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  throw new Failure(`${file} does not exist: --from needs the JSON file of an earlier run.`);
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      peer: { type: "string" },
      rounds: { type: "string", default: "10" },
      quick: { type: "boolean", default: false },
      json: { type: "string", default: join(root, "build/bench.json") },
      from: { type: "string" },
      chart: { type: "boolean", default: false },
    },
  });
  const rounds = values.quick ? QUICK_ROUNDS : positiveInteger(values.rounds, "--rounds");
  const results = values.from ? readResults(resolve(values.from)) : await measure(values.peer, rounds);
  if (!values.from) write(resolve(values.json), `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${table(results)}`);
  if (values.chart) write(join(root, "docs/bench.svg"), chart(results));
});
