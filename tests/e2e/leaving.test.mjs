// Contract D2: pages that are left for another one, and navigations that do not leave the page.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage, pageName } from "../support/fixture.mjs";

/**
 * @typedef {import("../support/fixture.mjs").Globals} Globals
 * @typedef {import("../support/fixture.mjs").Hit} Hit
 */

/** How a hit was sent: "image", or "empty" for fetch. @param {Hit} hit */
const transportOf = ({ headers }) => headers["sec-fetch-dest"];

/**
 * Opens a page whose collector has answered a first hit. The next response takes 300 ms.
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
 * The same on the second page of a session, whose policy the tracker has learnt on the first one, where a hit had to wait.
 * @param {import("node:test").TestContext} t
 */
async function openSecond(t) {
  const tab = await openWarm(t, { plan: "ok" });
  await tab.run(({ s }) => {
    for (const pageName of ["ahead", "waited"]) s.t({ pageName });
    return s.outcome();
  });
  await tab.page.reload();
  await tab.run(({ s }) => {
    s.t({ pageName: "second" });
    return s.outcome();
  });
  return tab;
}

/** Makes a call, leaves the page, and keeps it busy until another page could replace it. @param {string} leave */
const callAndLeave = (leave) => `
  globals.s.pageName = "last";
  globals.s.t();
  ${leave};
  for (const end = Date.now() + 1000; Date.now() < end; );
`;

/**
 * Holds a request of the page until the returned function is called.
 * @param {import("playwright-core").Page} page
 * @param {string} path
 * @param {Parameters<import("playwright-core").Route["fulfill"]>[0]} [answer]
 */
async function holdRequest(page, path, answer) {
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
 * Makes two hits, the second of which waits for the first, and navigates. Returns the outcome of the first.
 * @param {Globals} page
 * @param {string} address
 */
const callTwice = ({ s }, address) => {
  s.pageName = "in flight";
  s.t();
  const outcome = s.outcome();
  s.pageName = "waiting";
  s.t();
  location.assign(address);
  return outcome;
};

describe("D2: leaving a page", () => {
  test("no image starts during a navigation, because it might never be sent", async (t) => {
    const { page, context, collector, arrived } = await openWarm(t);
    const release = await holdRequest(page, "**/next");
    const requested = context.waitForEvent("request", (request) => request.url().endsWith("/next"));
    const first = await page.evaluate(`(${callTwice})(globals, "/next")`);
    assert.equal(first.status, "delivered");
    await requested;
    assert.deepEqual(arrived(), ["first", "in flight"]);
    release();
    await collector.waitFor((hit) => pageName(hit) === "waiting");
    assert.deepEqual(collector.hits.map(transportOf), ["image", "image", "empty"]);
  });

  for (const { story, leave } of [
    { story: "navigates", leave: 'location.assign("/next")' },
    { story: "reloads", leave: "location.reload()" },
  ]) {
    test(`a page that calls, ${story} and is busy: the hit goes with the page`, async (t) => {
      const { page, collector, arrived } = await openSecond(t);
      const left = page.waitForEvent("load");
      await page.evaluate(callAndLeave(leave)).catch(() => undefined);
      await left;
      const last = await collector.waitFor((hit) => pageName(hit) === "last");
      assert.equal(transportOf(last), "empty");
      assert.deepEqual(arrived(), ["first", "ahead", "waited", "second", "last"]);
    });
  }

  test("a window that calls, closes itself and is busy: the hit goes with it", async (t) => {
    const { page, context, collector, arrived, address } = await openSecond(t);
    const opened = context.waitForEvent("page");
    await page.evaluate(`void window.open(${JSON.stringify(`${address}?opened`)})`);
    const popup = await opened;
    await popup.waitForLoadState();
    await popup.evaluate("globals.s.pageName = 'opened', globals.s.t(), globals.s.outcome()");
    const closed = popup.waitForEvent("close");
    await popup.evaluate(callAndLeave("window.close()")).catch(() => undefined);
    await closed;
    const last = await collector.waitFor((hit) => pageName(hit) === "last");
    assert.equal(transportOf(last), "empty");
    assert.deepEqual(arrived(), ["first", "ahead", "waited", "second", "opened", "last"]);
  });

  test("a link that the tracker follows, tracked before the collector has answered anything: one hit", async (t) => {
    const { page, collector, roundTrip } = await openPage(t, { plan: ["delay:2000", "ok"] });
    const left = page.waitForURL("**/next");
    await page.evaluate(`
      const link = Object.assign(document.createElement("a"), { href: "/next" });
      globals.s.tl(link, "o", "link", null, "navigate");
    `);
    await left;
    await collector.waitFor((hit) => hit.url.includes("pev2=link"));
    await roundTrip();
    assert.deepEqual(collector.hits.map(transportOf), ["empty"]);
  });

  test("the next page of a session is left before the collector has answered it: one hit", async (t) => {
    const { page, collector, arrived, address, roundTrip } = await openWarm(t, {
      plan: ["ok", "delay:2000", "ok"],
    });
    await page.goto(`${address}?second`);
    await page.evaluate('globals.s.pageName = "second", globals.s.t()');
    await collector.waitFor((hit) => pageName(hit) === "second");
    await page.goto(`${address}?third`);
    await roundTrip();
    assert.deepEqual(arrived(), ["first", "second"]);
  });

  test("a navigation that turns out to be a download: hits wait at most two seconds, then leave as images", async (t) => {
    const { page, collector, arrived, roundTrip, fastForward } = await openWarm(t, { fakeTime: true });
    const headers = { "content-disposition": "attachment" };
    const release = await holdRequest(page, "**/file.zip", { headers, body: "file" });
    const downloaded = page.waitForEvent("download");
    const first = await page.evaluate(`(${callTwice})(globals, "/file.zip")`);
    assert.equal(first.status, "delivered");
    release();
    await downloaded;
    await roundTrip();
    assert.deepEqual(arrived(), ["first", "in flight"]);
    const hit = await fastForward(collector.waitFor((hit) => pageName(hit) === "waiting"));
    assert.equal(transportOf(hit), "image");
  });

  test("a navigation within the document: hits leave at once", async (t) => {
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

  test("hits in flight when the page is hidden and then left are not sent again", async (t) => {
    const { page, collector, run, arrived, address } = await openWarm(t, {
      plan: ["ok", "delay:1000", "delay:1000", "ok"],
      // With a listener, the browser aborts requests before it runs; the page sees the errors after it.
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

  test("a page with 900 waiting hits is left: those that are stored are written at once", async (t) => {
    const { page } = await openPage(t, { plan: "delay:60000" });
    const written = await page.evaluate(`
      const written = [];
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key, value) {
        if (value.includes("pageName=")) written.push(value.split("pageName=").length - 1);
        setItem.call(this, key, value);
      };
      for (let n = 0; n < 900; n++) globals.s.t({ pageName: "page " + n });
      dispatchEvent(new PageTransitionEvent("pagehide"));
      written;
    `);
    // The others leave as keepalive requests.
    assert.deepEqual(written, [868]);
  });

  test("a page with a global of its own named `navigation` can be tracked, and keeps it", async (t) => {
    const { run, logged } = await openPage(t, {
      before: `Object.defineProperty(window, "navigation", { value: ["Home", "Shop"] });`,
    });
    const outcome = await run(({ s }) => {
      s.t();
      return s.outcome();
    });
    assert.equal(outcome.status, "delivered");
    assert.deepEqual(await run(() => /** @type {any} */ (window).navigation), ["Home", "Shop"]);
    assert.deepEqual(logged(), []);
  });

  for (const { story, events } of [
    {
      story: "a page restored from the back/forward cache without a network",
      events: ["pagehide", "pageshow"],
    },
    {
      story: "an `online` event that is handled when the network is gone again",
      events: ["offline", "online"],
    },
  ]) {
    test(`${story}: hits wait`, async (t) => {
      const { page, collector, roundTrip } = await openPage(t);
      const outcome = await page.evaluate(`
        Object.defineProperty(navigator, "onLine", { value: false });
        for (const name of ${JSON.stringify(events)}) dispatchEvent(new PageTransitionEvent(name));
        s.t();
        dispatchEvent(new PageTransitionEvent("pagehide"));
        s.outcome();
      `);
      assert.equal(outcome.status, "buffered");
      assert.equal(outcome.attempts, 0);
      await roundTrip();
      assert.equal(collector.hits.length, 0);
    });
  }
});
