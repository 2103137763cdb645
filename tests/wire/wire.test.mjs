// The recorded scenarios against dist/afterhit.js, byte for byte. `node tests/wire/cli.mjs` replays any of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { createPool } from "./browser-pool.mjs";
import { compare } from "./compare.mjs";
import { readScenarios } from "./scenarios.mjs";

const files = readScenarios().map(({ file, scenarios }) => ({
  file,
  scenarios: scenarios.filter(({ difference }) => !difference),
}));
const pool = createPool(readFileSync(new URL("../../dist/afterhit.js", import.meta.url)));
const results = pool.replayAll(files.flatMap(({ scenarios }) => scenarios));
let passed = 0;

after(async () => {
  await pool.close();
  console.log(`wire scenarios: ${passed} of ${results.size} passed`);
});

for (const { file, scenarios } of files) {
  describe(file, () => {
    for (const scenario of scenarios) {
      test(scenario.name, async () => {
        const got = /** @type {import("./scenarios.mjs").Recording} */ (await results.get(scenario));
        const lines = compare(scenario.expect, got);
        assert.ok(lines.length === 0, ["", ...lines].join("\n  "));
        passed++;
      });
    }
  });
}
