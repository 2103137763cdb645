// npm run faults: what becomes of hits when the network fails and pages go; the README says what is wanted.
//   npm run faults -- [--peer FILE] [--only NAMES] [--hits N] [--seed N] [--json FILE]
// --peer: another script with the same API, side by side.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { faults } from "./faults/list.mjs";
import { Failure, main, root } from "./lib/run.mjs";

/**
 * @param {string} text
 * @param {string} name
 */
function number(text, name) {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Failure(`--${name} wants a number from 1, not ${text}.`);
}

/** @param {string | undefined} only */
function wanted(only) {
  const names = only?.split(",") ?? faults.map(({ name }) => name);
  return names.map((name) => {
    const fault = faults.find((one) => one.name === name);
    if (fault) return fault;
    throw new Failure(`There is no fault ${name}. Faults: ${faults.map((one) => one.name).join(", ")}.`);
  });
}

/**
 * @param {string} file
 * @param {string} advice
 */
function read(file, advice) {
  if (!existsSync(file)) throw new Failure(`${file} is missing${advice}.`);
  return readFileSync(file);
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      peer: { type: "string" },
      only: { type: "string" },
      hits: { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      json: { type: "string", default: join(root, "build/faults.json") },
    },
  });
  const [hits, seed] = [number(values.hits, "hits"), number(values.seed, "seed")];
  const chosen = wanted(values.only);
  const scripts = {
    afterhit: read(join(root, "dist/afterhit.js"), ": run `npm run build`"),
    ...(values.peer ? { peer: read(resolve(values.peer), "") } : {}),
  };
  // Imports npm packages, which may not be there before `npm run build`.
  const [{ openBench }, { head, lines }] = await Promise.all([
    import("./faults/bench.mjs"),
    import("./faults/table.mjs"),
  ]);
  const bench = await openBench(scripts);
  const findings = [];
  let bad = 0;
  console.log(head());
  try {
    for (const fault of chosen) {
      const rows = await bench.run(fault, hits, seed);
      findings.push({ name: fault.name, about: fault.about, rows });
      bad += rows.filter(({ script, wrong }) => script === "afterhit" && wrong.length > 0).length;
      console.log(lines(fault, rows).join("\n"));
    }
  } finally {
    await bench.close();
    const file = resolve(values.json);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      `${JSON.stringify({ hits, seed, peer: values.peer ?? null, faults: findings }, null, 2)}\n`,
    );
  }
  if (bad > 0) throw new Failure(`${bad} of ${chosen.length} faults are not survived.`);
});
