// The fast ones among the faults of `npm run faults`, with fewer hits where many take long.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { openBench } from "../../scripts/faults/bench.mjs";
import { faults } from "../../scripts/faults/list.mjs";

/** @type {Record<string, number>} */
const hits = {
  dropped: 20,
  errors: 20,
  navigation: 100,
  closed: 100,
  offline: 60,
  reload: 100,
  tabs: 100,
  duplicated: 100,
  fresh: 20,
  cold: 20,
};

const opened = openBench({ afterhit: readFileSync(new URL("../../dist/afterhit.js", import.meta.url)) });
after(async () => (await opened).close());

describe("no hit lost, none sent twice, one callback each", { concurrency: 3 }, () => {
  for (const fault of faults.filter(({ name }) => name in hits)) {
    test(fault.about, async () => {
      const bench = await opened;
      const [row] = await bench.run(fault, hits[fault.name] ?? 0);
      assert.deepEqual(row?.wrong, [], `concerns ${row?.names.join(", ")} …`);
    });
  }
});
