// The recorded scenarios against dist/afterhit.js, byte for byte. `node tests/wire/cli.mjs` replays any of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { testBrowser } from "../../scripts/lib/find-browser.mjs";
import { createPool } from "./browser-pool.mjs";
import { compare } from "./compare.mjs";
import { readScenarios } from "./scenarios.mjs";

const scenarios = readScenarios().flatMap(({ file, scenarios }) =>
  scenarios.filter(({ difference }) => !difference).map((scenario) => ({ file, scenario })),
);
const pool = createPool(readFileSync(new URL("../../dist/afterhit.js", import.meta.url)));
const browser = testBrowser();
let passed = 0;

after(async () => {
  await pool.close();
  console.log(`wire scenarios in ${browser}: ${passed} of ${scenarios.length} passed`);
});

// All of them start at once, and the pool lets them wait.
describe("recorded scenarios", { concurrency: scenarios.length }, () => {
  for (const { file, scenario } of scenarios) {
    const skip = scenario.notIn?.[browser] ?? false;
    test(`${file}: ${scenario.name}`, { skip }, async () => {
      const lines = compare(scenario.expect, await pool.replay(scenario));
      assert.ok(lines.length === 0, ["", ...lines].join("\n  "));
      passed++;
    });
  }
});
