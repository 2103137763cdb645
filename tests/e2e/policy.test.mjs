// Contract D2 where a Content-Security-Policy allows images but no connections: keepalive requests never leave there.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";
import { htmlPage, trackingScripts } from "../support/pages.mjs";

const tracking = `${trackingScripts}<body></body>`;

const countFetches = `
  window.fetches = 0;
  const realFetch = fetch;
  window.fetch = (...list) => {
    fetches++;
    return realFetch(...list);
  };`;

/** @param {number} count */
const names = (count) => Array.from({ length: count }, (_, n) => `page ${n}`);

/**
 * The types of the requests that get a response from now on: "image", "fetch" …
 * @param {import("playwright-core").BrowserContext} context
 */
function recordResponses(context) {
  /** @type {string[]} */
  const types = [];
  context.on("response", (response) => types.push(response.request().resourceType()));
  return types;
}

describe("D2: the Content-Security-Policy of a page", () => {
  test("hits that are unsent when the page is left are sent by the next page, as images", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`<meta http-equiv="content-security-policy" content="connect-src 'none'">${tracking}`),
    });
    const responses = recordResponses(tab.context);
    await tab.run(async ({ s }) => {
      s.pageName = "first";
      s.t();
      await s.outcome();
    });
    const left = tab.page.waitForEvent("load");
    await tab.run(({ s }) => {
      for (let n = 0; n < 8; n++) {
        s.pageName = `page ${n}`;
        s.t();
      }
      location.reload();
    });
    await left;
    await tab.run(({ s }) => {
      s.pageName = "next";
      s.t();
    });
    await tab.collector.waitFor((hit) => hit.url.includes("pageName=next"));
    assert.deepEqual(tab.arrived(), ["first", ...names(8), "next"]);
    assert.deepEqual([...new Set(responses)], ["image", "document", "script"]);
  });

  test("the CSP probe sends no request and logs nothing", async (t) => {
    const tab = await openPage(t, { before: countFetches, html: htmlPage(tracking) });
    const responses = recordResponses(tab.context);
    for (const name of ["one", "two"]) {
      await tab.page.evaluate(`s.pageName = "${name}"; s.t(); s.outcome()`);
    }
    assert.equal(await tab.page.evaluate("fetches"), 1, "the tracker has probed");
    await tab.roundTrip();
    assert.deepEqual(responses, ["image", "image", "fetch"], "two hits, and the round trip of this test");
    assert.deepEqual(tab.arrived(), ["one", "two"]);
    assert.deepEqual(tab.logged(), []);
  });
});
