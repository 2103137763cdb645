// Pages that are left for another one, or turn out not to be.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage, pageName } from "../support/fixture.mjs";

/**
 * @typedef {import("../support/fixture.mjs").Globals} Globals
 * @typedef {import("../support/fixture.mjs").Hit} Hit
 */

/** What it was to the browser: an "image", or "empty" for fetch. @param {Hit} hit */
const wayOf = ({ headers }) => headers["sec-fetch-dest"];

/**
 * A page that knows its collector; the next answer takes a moment.
 * @param {import("node:test").TestContext} t
 * @param {import("../support/fixture.mjs").Options} [options]
 */
async function openWarm(t, options) {
  const tab = await openPage(t, { plan: ["ok", "delay:300", "ok"], ...options });
  await tab.run(({ s }) => {
    s.pageName = "first";
    s.t();
    return s.outcome();
  });
  return tab;
}

/**
 * Has a request of the page's wait.
 * @param {import("playwright-core").Page} page
 * @param {string} path
 * @param {Parameters<import("playwright-core").Route["fulfill"]>[0]} [answer]
 */
async function hold(page, path, answer) {
  /** @type {() => void} */
  let release = () => {};
  /** @type {Promise<void>} */
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(path, async (route) => {
    await released;
    await (answer ? route.fulfill(answer) : route.continue());
  });
  return () => release();
}

/**
 * Two hits, of which the second waits for the first, and on to another address; the outcome of the first.
 * @param {Globals} page
 * @param {string} address
 */
const callTwice = ({ s }, address) => {
  s.pageName = "on its way";
  s.t();
  const outcome = s.outcome();
  s.pageName = "behind it";
  s.t();
  location.assign(address);
  return outcome;
};

describe("a page that is left", () => {
  test("no image starts while the next page is on its way: it might not leave", async (t) => {
    const { page, context, collector, arrived } = await openWarm(t);
    const release = await hold(page, "**/next");
    const requested = context.waitForEvent("request", (request) => request.url().endsWith("/next"));
    const first = await page.evaluate(`(${callTwice})(globals, "/next")`);
    assert.equal(first.status, "delivered");
    await requested;
    assert.deepEqual(arrived(), ["first", "on its way"]);
    release();
    await collector.waitFor((hit) => pageName(hit) === "behind it");
    assert.deepEqual(collector.hits.map(wayOf), ["image", "image", "empty"]);
  });

  test("for a download that is none to the page: hits wait two seconds at most, and leave as images", async (t) => {
    const { page, collector, fastForward } = await openWarm(t, { fakeTime: true });
    const headers = { "content-disposition": "attachment" };
    const release = await hold(page, "**/file.zip", { headers, body: "file" });
    const downloaded = page.waitForEvent("download");
    const first = await page.evaluate(`(${callTwice})(globals, "/file.zip")`);
    assert.equal(first.status, "delivered");
    release();
    await downloaded;
    const hit = await fastForward(collector.waitFor((hit) => pageName(hit) === "behind it"));
    assert.equal(wayOf(hit), "image");
  });

  test("for a view of its own: its hits leave at once, however the view came", async (t) => {
    const { run, collector } = await openWarm(t, { fakeTime: true });
    await run(() => {
      const { navigation } = /** @type {any} */ (window);
      navigation.addEventListener("navigate", (/** @type {any} */ event) => event.intercept());
      location.assign("/view");
    });
    await run(({ s }) => {
      s.pageName = "view";
      s.t();
      location.hash = "part";
      s.pageName = "part";
      s.t();
    });
    await collector.waitFor((hit) => pageName(hit) === "part");
  });

  test("hits on their way when it was hidden are not sent again, though the browser refuses them first", async (t) => {
    const { page, collector, run, arrived, address } = await openWarm(t, {
      plan: ["ok", "delay:1000", "delay:1000", "ok"],
      // The browser refuses requests before the first listener; the page hears of it behind that one.
      before: `addEventListener("pagehide", () => {});`,
    });
    await run(({ s }) => {
      Object.defineProperty(document, "hidden", { value: true });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      for (s.pageName of ["one", "two"]) s.t();
    });
    await collector.waitFor((hit) => pageName(hit) === "two");
    await page.goto(`${address}?next`);
    await run(({ s }) => {
      s.pageName = "next";
      s.t();
      return s.outcome();
    });
    assert.deepEqual(arrived(), ["first", "one", "two", "next"]);
  });

  test("a page that calls something else `navigation` is left as it was, and tracks", async (t) => {
    const { run, logged } = await openPage(t, {
      before: `Object.defineProperty(window, "navigation", { value: ["Home", "Shop"] });`,
    });
    const outcome = await run(({ s }) => {
      s.t();
      return s.outcome();
    });
    assert.equal(outcome.status, "delivered");
    assert.deepEqual(logged(), []);
  });

  for (const { story, events } of [
    { story: "one that comes back without a network", events: ["pagehide", "pageshow"] },
    { story: "one that hears of a network when it is gone again", events: ["offline", "online"] },
  ]) {
    test(`${story}: its hits wait`, async (t) => {
      const { page, collector } = await openPage(t);
      const outcome = await page.evaluate(`
        Object.defineProperty(navigator, "onLine", { value: false });
        for (const name of ${JSON.stringify(events)}) dispatchEvent(new PageTransitionEvent(name));
        s.t();
        dispatchEvent(new PageTransitionEvent("pagehide"));
        s.outcome();
      `);
      assert.equal(outcome.status, "buffered");
      assert.equal(outcome.attempts, 0);
      assert.equal(collector.hits.length, 0);
    });
  }
});
