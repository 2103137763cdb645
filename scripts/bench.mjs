// npm run bench: how large the tracker is and how fast, beside others and beside the least that is possible.
//   npm run bench -- [--peer FILE] [--rounds N | --quick] [--json FILE] [--picture]
//   npm run bench -- --from FILE [--picture]
// --peer: a script with AppMeasurement's API; ratios are to it then. --picture: writes docs/bench.svg. --from: shows an
// earlier run from its JSON file.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { contenders } from "./bench/contenders.mjs";
import { findings } from "./bench/findings.mjs";
import { picture } from "./bench/picture.mjs";
import { table } from "./bench/table.mjs";
import { Failure, main, root, say } from "./lib/run.mjs";

const QUICK = 2;

/** @param {string} text */
function roundsFrom(text) {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds > 0) return rounds;
  throw new Failure(`--rounds wants a number from 1, not ${text}.`);
}

/**
 * @param {string | undefined} peer
 * @param {number} rounds
 * @returns {Promise<import("./bench/findings.mjs").Findings>}
 */
async function measure(peer, rounds) {
  const all = await contenders(peer);
  // Imports npm packages, which may not be there before `npm run build`.
  const { play } = await import("./bench/rounds.mjs");
  const played = await play(all, rounds, (round) => say(`round ${round + 1} of ${rounds}`));
  return findings(played, all, rounds);
}

/**
 * @param {string} file
 * @returns {import("./bench/findings.mjs").Findings}
 */
function earlier(file) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  throw new Failure(`${file} is missing.`);
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
      picture: { type: "boolean", default: false },
    },
  });
  const rounds = values.quick ? QUICK : roundsFrom(values.rounds);
  const found = values.from ? earlier(resolve(values.from)) : await measure(values.peer, rounds);
  if (!values.from) write(resolve(values.json), `${JSON.stringify(found, null, 2)}\n`);
  console.log(`\n${table(found)}`);
  if (values.picture) write(join(root, "docs/bench.svg"), picture(found));
});
