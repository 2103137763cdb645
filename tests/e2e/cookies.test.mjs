// How long the cookies live that a page writes with the tracker's helpers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../support/fixture.mjs";

test("a cookie that expires at a moment that is just over is deleted", async (t) => {
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

test("helpers that are called with what they cannot read say so, and nothing is thrown", async (t) => {
  const { run, logged } = await openPage(t);
  const returned = await run(({ s }) => {
    const { Util } = s;
    const bad = /** @type {any} */ (Symbol("bad"));
    return [
      Util.cookieRead(bad),
      Util.cookieWrite(bad, bad),
      Util.cookieWrite("cookie", "value", /** @type {any} */ (10n)),
      Util.urlEncode(bad),
      Util.urlDecode(bad),
      Util.getQueryParam(bad),
    ];
  });
  assert.deepEqual(returned, new Array(6).fill(undefined));
  assert.equal(logged("error").length, 6);
});
