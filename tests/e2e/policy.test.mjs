// Contract D2 where a Content-Security-Policy allows images but no connections: keepalive requests never leave there.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";
import { htmlPage, trackingScripts } from "../support/pages.mjs";

const tracking = `${trackingScripts}<body></body>`;

const noConnections = `<meta http-equiv="content-security-policy" content="connect-src 'none'">`;

const reportOnly = { "content-security-policy-report-only": "connect-src 'self'" };

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

/**
 * The types of the requests that are made from now on.
 * @param {import("playwright-core").BrowserContext} context
 */
function recordRequests(context) {
  /** @type {string[]} */
  const types = [];
  context.on("request", (request) => types.push(request.resourceType()));
  return types;
}

describe("D2: the Content-Security-Policy of a page", () => {
  test("hits that are unsent when the page is left are sent by the next page, as images", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`${noConnections}${tracking}`),
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

  test("a page view that goes well makes its image request and nothing else", async (t) => {
    const tab = await openPage(t, { before: countFetches, html: htmlPage(tracking), headers: reportOnly });
    const responses = recordResponses(tab.context);
    for (const name of ["one", "two"]) {
      await tab.page.evaluate(`s.pageName = "${name}"; s.t(); s.outcome()`);
    }
    assert.equal(await tab.page.evaluate("fetches"), 0);
    assert.deepEqual(responses, ["image", "image"]);
    assert.deepEqual(tab.arrived(), ["one", "two"]);
    assert.deepEqual(tab.logged(), []);
  });

  test("the policy is asked once in a session, when a hit has to wait, without a request", async (t) => {
    const tab = await openPage(t, { before: countFetches, html: htmlPage(tracking) });
    const responses = recordResponses(tab.context);
    const callTwice = `s.pageName = "one"; s.t(); s.pageName = "two"; s.t(); s.outcome()`;
    await tab.page.evaluate(callTwice);
    await tab.page.evaluate(callTwice);
    assert.equal(await tab.page.evaluate("fetches"), 1);
    await tab.page.reload();
    await tab.page.evaluate(callTwice);
    assert.equal(await tab.page.evaluate("fetches"), 0, "the next page knows");
    assert.deepEqual([...new Set(responses)], ["image", "document", "script"]);
    assert.deepEqual(tab.logged(), []);
  });

  test("a policy that only reports blocks nothing", async (t) => {
    const tab = await openPage(t, { html: htmlPage(tracking), headers: reportOnly });
    const types = recordRequests(tab.context);
    await tab.run(({ s }) => {
      for (let n = 0; n < 8; n++) {
        s.pageName = `page ${n}`;
        s.t();
      }
      s.useBeacon = true;
      s.pageName = "beacon";
      s.t();
      return s.outcome();
    });
    await tab.collector.waitFor((hit) => hit.url.includes("pageName=beacon"));
    await tab.roundTrip();
    assert.deepEqual(tab.arrived(), [...names(8), "beacon"]);
    assert.deepEqual(types.slice(-2), ["ping", "fetch"], "a beacon, then the round trip of this test");
  });

  test("a refused beacon of another script on the page is not sent by this one", async (t) => {
    const tab = await openPage(t, { html: htmlPage(`${noConnections}${tracking}`) });
    await tab.run(async ({ s }) => {
      const url = `http://${s.trackingServer}/b/ss/other/1/JS-2.27.0/s1?pageName=other`;
      const refused = new Promise((resolve) => addEventListener("securitypolicyviolation", resolve));
      navigator.sendBeacon(url);
      await refused;
      s.pageName = "own";
      s.useBeacon = true;
      s.t();
    });
    await tab.collector.waitFor((hit) => hit.url.includes("pageName=own"));
    assert.deepEqual(tab.arrived(), ["own"]);
  });

  test("a refused POST is sent once, as an image", async (t) => {
    const tab = await openPage(t, { html: htmlPage(`${noConnections}${tracking}`) });
    const types = recordRequests(tab.context);
    await tab.run(({ s }) => {
      s.pageName = "long";
      s.analyticsVisitorID = "1";
      s.eVar1 = "x".repeat(3000);
      s.t();
      return s.outcome();
    });
    await tab.run(({ s }) => {
      s.eVar1 = "";
      s.pageName = "next";
      s.t();
      return s.outcome();
    });
    assert.deepEqual(tab.arrived(), ["long", "next"]);
    assert.deepEqual(types, ["image", "image"]);
  });
});
