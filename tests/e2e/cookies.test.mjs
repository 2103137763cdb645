// The expiry of cookies that a page writes with s.Util.cookieWrite.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../support/fixture.mjs";

test("s.Util.cookieWrite deletes a cookie if its expiry date has just passed", async (t) => {
  const { run, page } = await openPage(t);
  await run(({ s }) => {
    for (const ago of [0, 1, 500, 999, 1001]) {
      s.Util.cookieWrite(`gone${ago}`, "old");
      s.Util.cookieWrite(`gone${ago}`, "", new Date(Date.now() - ago));
    }
    s.Util.cookieWrite("kept", "new", new Date(Date.now() + 60_000));
    s.Util.cookieWrite("dateless", "new", new Date(Number.NaN));
  });
  const kept = await page.context().cookies();
  assert.deepEqual(
    kept.map(({ name, expires }) => [name, expires < 0]).filter(([name]) => !`${name}`.startsWith("s_")),
    [
      ["kept", false],
      ["dateless", true],
    ],
  );
});
