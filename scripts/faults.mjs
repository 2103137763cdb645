// npm run faults: counts lost hits, duplicates and callbacks while networks fail and pages are left.
//   npm run faults -- [--peer FILE] [--only NAMES] [--hits N] [--seed N] [--busy N] [--browser NAME] [--json FILE]
// --peer: runs another script with the same API at the same time. --only: names of faults, separated by commas. --busy: so many
// endless loops run beside. --browser: chromium, firefox or webkit.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { keepBusy } from "./faults/busy.mjs";
import { faults, reasonNotIn } from "./faults/list.mjs";
import { asBrowserName } from "./lib/find-browser.mjs";
import { integer, positiveInteger } from "./lib/flags.mjs";
import { readScript } from "./lib/read-script.mjs";
import { Failure, main, root } from "./lib/run.mjs";

/** @param {string | undefined} only */
function selectFaults(only) {
  const known = faults.map(({ name }) => name);
  const names = only?.split(",") ?? known;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return faults.filter(({ name }) => names.includes(name));
  throw new Failure(`--only must name faults (${known.join(", ")}), got "${unknown.join(", ")}".`);
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      peer: { type: "string" },
      only: { type: "string" },
      hits: { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      busy: { type: "string", default: "0" },
      browser: { type: "string", default: "chromium" },
      json: { type: "string", default: join(root, "build/faults.json") },
    },
  });
  const hits = positiveInteger(values.hits, "--hits");
  const seed = positiveInteger(values.seed, "--seed");
  const busy = integer(values.busy, "--busy");
  const browser = asBrowserName(values.browser, "--browser");
  process.env.TEST_BROWSER = browser;
  const selected = selectFaults(values.only);
  const { peer } = values;
  const scripts = {
    afterhit: readScript(join(root, "dist/afterhit.js"), "run `npm run build`"),
    ...(peer ? { peer: readScript(resolve(peer), "--peer needs the path of a script") } : {}),
  };
  // Imports npm packages, which `npm run build` installs.
  const [{ openRunner }, { head, lines }] = await Promise.all([
    import("./faults/runner.mjs"),
    import("./faults/table.mjs"),
  ]);
  const runner = await openRunner(scripts);
  const stopBusy = keepBusy(busy);
  const results = [];
  let failed = 0;
  console.log(head());
  try {
    for (const fault of selected) {
      const reason = reasonNotIn(browser, fault);
      if (reason) {
        console.log(`\n${fault.name}: ${fault.about}: ${reason}`);
        continue;
      }
      const rows = await runner.run(fault, hits, seed);
      results.push({ name: fault.name, about: fault.about, rows });
      if (rows.some(({ script, problems }) => script === "afterhit" && problems.length > 0)) failed++;
      console.log(lines(fault, rows).join("\n"));
    }
  } finally {
    await Promise.all([runner.close(), stopBusy()]);
    const file = resolve(values.json);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      `${JSON.stringify({ browser, hits, seed, busy, peer: peer ?? null, faults: results }, null, 2)}\n`,
    );
  }
  if (failed > 0) throw new Failure(`${failed} of ${selected.length} fault scenarios failed.`);
});
