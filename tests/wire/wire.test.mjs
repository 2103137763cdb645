// The recorded scenarios against dist/afterhit.js, byte for byte; `node tests/wire/player.mjs` plays any of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { gather } from "./company.mjs";
import { compare } from "./compare.mjs";
import { readScenarios } from "./scenarios.mjs";

const files = readScenarios().map(({ file, scenarios }) => ({
  file,
  scenarios: scenarios.filter(({ difference }) => !difference),
}));
const company = gather(readFileSync(new URL("../../dist/afterhit.js", import.meta.url)));
const findings = company.playAll(files.flatMap(({ scenarios }) => scenarios));
let passed = 0;

after(async () => {
  await company.dismiss();
  console.log(`wire scenarios: ${passed} of ${findings.size} passed`);
});

for (const { file, scenarios } of files) {
  describe(file, () => {
    for (const scenario of scenarios) {
      test(scenario.name, async () => {
        const got = /** @type {import("./scenarios.mjs").Findings} */ (await findings.get(scenario));
        const lines = compare(scenario.expect, got);
        assert.ok(lines.length === 0, ["", ...lines].join("\n  "));
        passed++;
      });
    }
  });
}
