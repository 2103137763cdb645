// Contract D5: hostile, broken and odd pages cost at most the hit that they attack. The attacks are in tests/support/attacks.mjs,
// where they can be played on AppMeasurement too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { attacks, openAttacks } from "../support/attacks.mjs";

const opened = openAttacks(readFileSync(new URL("../../dist/afterhit.js", import.meta.url), "utf8"));
after(async () => (await opened).close());

describe("D5: what arrives from a page with", { concurrency: 2 }, () => {
  for (const attack of attacks) {
    const { name, arrives, apartFrom, returns, sends, says, isQuiet } = attack;
    test(name, async () => {
      const { arrived, returned, last, thrown, logged, errors } = await (await opened).play(attack);
      assert.deepEqual(
        arrived.filter((hit) => hit !== apartFrom),
        arrives,
      );
      if ("returns" in attack) assert.deepEqual(returned, returns);
      if (sends) assert.match(last, sends);
      if (says) assert.ok(logged.some((line) => says.test(line)));
      if (isQuiet) assert.deepEqual(errors, []);
      assert.deepEqual(thrown, [], "nothing is thrown into the page");
    });
  }
});
