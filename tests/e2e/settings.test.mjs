// Settings of the public API that no recorded scenario uses.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PIXEL } from "../../www/collector/pixel.mjs";
import { openPage, parametersOf } from "../support/fixture.mjs";

/**
 * Makes tracking calls that send nothing, and returns the status of each outcome.
 * @param {import("playwright-core").Page} page
 * @param {number} count
 * @returns {Promise<string[]>}
 */
function abortedCalls(page, count) {
  return page.evaluate(`Promise.all(Array.from({ length: ${count} }, () => {
    s.abort = true;
    s.t();
    return s.outcome().then(({ status }) => status);
  }))`);
}

describe("settings", { concurrency: 3 }, () => {
  test("D1: maxConcurrentHits is 1 unless set: the next hit waits for the response", async (t) => {
    const { run, collector, arrived, roundTrip } = await openPage(t, { plan: "hang" });
    await run(({ s }) => {
      for (s.pageName of ["one", "two"]) s.t();
    });
    await collector.waitFor(() => true);
    await roundTrip();
    assert.deepEqual(arrived(), ["one"]);
  });

  test("D1: a hit tracked late in a slow callback blocks the next one all the same", async (t) => {
    const { run, collector, arrived, roundTrip } = await openPage(t, { plan: ["ok", "hang"] });
    await run(({ s }) => {
      s.registerPostTrackCallback(() => {
        const end = performance.now() + 20;
        while (performance.now() < end);
        for (s.pageName of ["two", "three"]) s.t();
      });
      s.pageName = "one";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await roundTrip();
    assert.deepEqual(arrived(), ["one", "two"]);
  });

  test("D1: maxConcurrentHits lets that many hits be in flight", async (t) => {
    const { run, collector, arrived, roundTrip } = await openPage(t, { plan: "hang" });
    await run(({ s }) => {
      s.maxConcurrentHits = 2;
      for (s.pageName of ["one", "two", "three"]) s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await roundTrip();
    assert.deepEqual(arrived().toSorted(), ["one", "two"]);
  });

  test("maxHitsPer10Seconds raises the number of calls in ten seconds", async (t) => {
    const { page, run, logged } = await openPage(t);
    await run(({ s }) => {
      s.maxHitsPer10Seconds = 1001;
    });
    const statuses = await abortedCalls(page, 1003);
    assert.deepEqual(new Set(statuses.slice(0, 1001)), new Set(["aborted"]));
    assert.deepEqual(statuses.slice(1001), ["ignored", "ignored"]);
    assert.equal(logged().filter((line) => line.includes("maxHitsPer10Seconds")).length, 1);
  });

  test("maxHitsPer10Seconds does not lower the number below 1000", async (t) => {
    const { page, run } = await openPage(t);
    await run(({ s }) => {
      s.maxHitsPer10Seconds = 1;
    });
    const statuses = await abortedCalls(page, 1001);
    assert.deepEqual(new Set(statuses.slice(0, 1000)), new Set(["aborted"]));
    assert.equal(statuses[1000], "ignored");
  });

  test("maxHitsPer10Seconds: what counts for one call only is cleared after a call that is ignored", async (t) => {
    const { page, run } = await openPage(t);
    await abortedCalls(page, 1000);
    const left = await run(({ s }) => {
      s.prop1 = "own";
      s.abort = true;
      s.referrer = "https://example.org/";
      s.tl(true, "o", "Sign up", { prop1: "overridden" });
      return [s.linkObject, s.linkType, s.linkName, s.abort, s.referrer, s.prop1];
    });
    assert.deepEqual(left, [0, 0, 0, 0, 0, "own"]);
    const [status] = await abortedCalls(page, 1);
    assert.equal(status, "ignored");
  });

  test("the random number in the path has as many digits as AppMeasurement's, which count for long URLs", async (t) => {
    const { run } = await openPage(t);
    const urls = await run(async ({ s }) => {
      const urls = [];
      for (let i = 0; i < 9; i++) {
        s.t();
        urls.push((await s.outcome()).requestUrl);
      }
      return urls;
    });
    for (const url of urls) assert.match(url, /\/s\d{1,14}\?/);
    assert.equal(new Set(urls.map((url) => url.split("?")[0])).size, 9);
  });

  test("usePostbacks requests the hit as a script, which calls s.doPostbacks", async (t) => {
    const { page, run, calls } = await openPage(t);
    await page.route(/\/b\/ss\/suite\//, (route) => {
      const callback = new URL(route.request().url()).searchParams.get("callback");
      assert.equal(route.request().resourceType(), "script");
      return route.fulfill({ contentType: "text/javascript", body: `${callback}({ stuff: "data" })` });
    });
    const outcome = await run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.doPostbacks = spy("doPostbacks");
      s.usePostbacks = true;
      s.t();
      return s.outcome();
    });
    assert.equal(outcome.status, "delivered");
    assert.deepEqual(await calls(), [
      ["doPostbacks", { stuff: "data" }],
      ["post", outcome.requestUrl],
    ]);
  });

  test("D4: storageFilename names the key under which hits are stored", async (t) => {
    const { page, run, arrived, roundTrip } = await openPage(t);
    await run(({ s }) => {
      s.storageFilename = "shop";
      s.trackOffline = true;
      s.forceOffline();
      s.pageName = "stored";
      s.t();
    });
    const keys = await page.evaluate(() =>
      Object.keys(localStorage).filter((key) => localStorage.getItem(key)?.includes("pageName=stored")),
    );
    assert.deepEqual(keys, ["shop-undefinedsuite"]);
    await page.reload();
    await run(({ s }) => {
      s.trackOffline = true;
      s.pageName = "without the name";
      s.t();
      return s.outcome();
    });
    await roundTrip();
    assert.deepEqual(arrived(), ["without the name"]);
    await page.reload();
    await run(({ s }) => {
      s.storageFilename = "shop";
      s.trackOffline = true;
      s.pageName = "with the name";
      s.t();
      return s.outcome();
    });
    assert.deepEqual(arrived(), ["without the name", "stored", "with the name"]);
  });

  test("ssl sends hits by https to trackingServerSecure", async (t) => {
    const { context, run } = await openPage(t);
    await context.route("https://secure.example/**", (route) =>
      route.fulfill({ contentType: "image/gif", body: PIXEL }),
    );
    const outcome = await run(({ s }) => {
      s.ssl = true;
      s.trackingServerSecure = "secure.example";
      s.t();
      return s.outcome();
    });
    assert.equal(outcome.status, "delivered");
    assert.match(outcome.requestUrl, /^https:\/\/secure\.example\/b\/ss\/suite\/1\//);
  });

  test("lightProfileID, lightStoreForSeconds and lightIncrementBy make t() send a light hit", async (t) => {
    const { run, collector } = await openPage(t);
    await run(async ({ s }) => {
      s.lightProfileID = "profile";
      s.lightStoreForSeconds = 60;
      s.lightIncrementBy = 2;
      s.t();
      return s.outcome();
    });
    const { mtp, mtss, mti } = parametersOf(collector.hits[0]);
    assert.deepEqual({ mtp, mtss, mti }, { mtp: "profile", mtss: "60", mti: "2" });
  });

  test("the first hit sets resolution, colorDepth and what else it has read of the browser", async (t) => {
    const { run } = await openPage(t);
    const read = await run(({ s }) => {
      s.t();
      const { resolution, colorDepth, javascriptVersion, javaEnabled, cookiesEnabled } = s;
      const { browserWidth, browserHeight } = s;
      return {
        isSameScreen:
          resolution === `${screen.width}x${screen.height}` && `${colorDepth}` === `${screen.colorDepth}`,
        isSameWindow:
          `${browserWidth}x${browserHeight}` ===
          `${document.documentElement.clientWidth}x${document.documentElement.clientHeight}`,
        javascriptVersion,
        javaEnabled,
        cookiesEnabled,
      };
    });
    assert.deepEqual(read, {
      isSameScreen: true,
      isSameWindow: true,
      javascriptVersion: "1.6",
      javaEnabled: "N",
      cookiesEnabled: "Y",
    });
  });
});
