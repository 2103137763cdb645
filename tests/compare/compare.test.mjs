// Pages that use Adobe's companion libraries, played with our stand-ins for them. What is expected was recorded from AppMeasurement
// with the real ones; `npm run compare` plays those, and shows that the stand-ins do the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readCompanions } from "../../scripts/compare/companions.mjs";
import { createPool } from "../wire/browser-pool.mjs";
import { compare } from "../wire/compare.mjs";
import { readScenarios } from "../wire/scenarios.mjs";

const folder = new URL("./", import.meta.url);
const standIns = readCompanions(fileURLToPath(new URL("stand-ins/", folder)));
const pool = createPool(readFileSync(new URL("../../dist/afterhit.js", folder)), undefined, standIns);
const scenarios = readScenarios(folder).flatMap(({ scenarios }) =>
  scenarios.filter(({ difference }) => !difference),
);

after(() => pool.close());

describe("pages with companion libraries", { concurrency: scenarios.length }, () => {
  for (const scenario of scenarios) {
    test(scenario.name, async () => {
      const lines = compare(scenario.expect, await pool.replay(scenario));
      assert.ok(lines.length === 0, ["", ...lines].join("\n  "));
    });
  }
});
