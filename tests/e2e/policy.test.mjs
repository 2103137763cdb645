// Pages whose policy allows images but no connections, and what the tracker does to know.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";
import { htmlPage, trackingScripts } from "../support/pages.mjs";

const tracking = `${trackingScripts}<body></body>`;

/** @param {number} count */
const names = (count) => Array.from({ length: count }, (_, n) => `page ${n}`);

/**
 * What is requested and answered from now on: "image", "fetch" …
 * @param {import("playwright-core").BrowserContext} context
 */
function answered(context) {
  /** @type {string[]} */
  const types = [];
  context.on("response", (response) => types.push(response.request().resourceType()));
  return types;
}

describe("the page's policy", () => {
  test("images but no connections: what is unsent when the page is left goes out with the next one, by images", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`<meta http-equiv="content-security-policy" content="connect-src 'none'">${tracking}`),
    });
    const requested = answered(tab.context);
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
    assert.deepEqual([...new Set(requested)], ["image", "document", "script"]);
  });

  test("to know it, nothing is requested that reaches a server, and nothing is logged", async (t) => {
    const tab = await openPage(t, { html: htmlPage(tracking) });
    const requested = answered(tab.context);
    for (const name of ["one", "two"]) {
      await tab.page.evaluate(`s.pageName = "${name}"; s.t(); s.outcome()`);
    }
    assert.deepEqual(requested, ["image", "image"]);
    assert.deepEqual(tab.arrived(), ["one", "two"]);
    assert.deepEqual(tab.logged(), []);
  });
});
