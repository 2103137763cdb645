// The recorded scenarios against dist/afterhit.js, byte for byte; `node tests/wire/player.mjs` plays any of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { gather, PLAYERS } from "./company.mjs";
import { compare } from "./compare.mjs";
import { readScenarios } from "./scenarios.mjs";

const company = gather(readFileSync(new URL("../../dist/afterhit.js", import.meta.url)));
let played = 0;
let passed = 0;

after(async () => {
  await company.dismiss();
  console.log(`wire scenarios: ${passed} of ${played} passed`);
});

for (const { file, scenarios } of readScenarios()) {
  describe(file, { concurrency: PLAYERS }, () => {
    for (const scenario of scenarios.filter(({ difference }) => !difference)) {
      test(scenario.name, async () => {
        played++;
        const lines = compare(scenario.expect, await company.play(scenario));
        assert.ok(lines.length === 0, ["", ...lines].join("\n  "));
        passed++;
      });
    }
  });
}
