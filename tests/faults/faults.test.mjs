// The faster faults of `npm run faults`, with fewer hits where many would take long.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { faults, reasonNotIn } from "../../scripts/faults/list.mjs";
import { openRunner } from "../../scripts/faults/runner.mjs";
import { testBrowser } from "../../scripts/lib/find-browser.mjs";
import { notIn } from "../support/browsers.mjs";

/** @type {Record<string, number>} */
const hits = {
  dropped: 20,
  errors: 20,
  unavailable: 20,
  refused: 9,
  blocker: 6,
  stored: 1,
  slow: 20,
  "report-only": 40,
  navigation: 100,
  reloaded: 100,
  closed: 100,
  offline: 60,
  reload: 100,
  tabs: 100,
  duplicated: 100,
  fresh: 20,
  cold: 20,
};

/** What a browser loses at times, as README says with the figures. @type {Record<string, string | false>} */
const losses = {
  "report-only": notIn(
    "which may stop an image that has just started when an address is typed",
    "firefox",
    "webkit",
  ),
  navigation: notIn(
    "which may stop an image that has just started, and tells of no navigation beforehand",
    "webkit",
  ),
  reloaded: notIn(
    "which may stop an image that has just started when its page is reloaded",
    "firefox",
    "webkit",
  ),
};

const runner = openRunner({ afterhit: readFileSync(new URL("../../dist/afterhit.js", import.meta.url)) });
after(async () => (await runner).close());

describe("no hit is lost or sent twice, and each runs one callback", { concurrency: 3 }, () => {
  for (const fault of faults.filter(({ name }) => name in hits)) {
    const skip = reasonNotIn(testBrowser(), fault) ?? losses[fault.name] ?? false;
    test(fault.about, { skip }, async () => {
      // How long it takes says something on a quiet machine only.
      const [row] = await (await runner).run({ ...fault, maxSeconds: undefined }, hits[fault.name] ?? 0);
      assert.deepEqual(row?.problems, [], `first hits with a problem: ${row?.names.join(", ")}`);
    });
  }
});
