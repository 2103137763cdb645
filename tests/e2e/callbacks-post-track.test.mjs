// Contract C1: what post-track callbacks receive, when they run, and in which order.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { notIn } from "../support/browsers.mjs";
import { openPage } from "../support/fixture.mjs";
import { recordImages } from "../support/pages.mjs";

const cannotHold = notIn("whose driver cannot hold up requests", "webkit");

describe("C1: a post-track callback", { concurrency: 3 }, () => {
  test("receives the request URL and the arguments of its registration", async (t) => {
    const { run, calls, collector, urlOf } = await openPage(t);
    await run(({ s, calls }) => {
      s.registerPostTrackCallback(
        function (requestUrl, a, b, c) {
          // biome-ignore lint/complexity/noArguments: counts the arguments
          calls.push([requestUrl, a, b, c, arguments.length]);
        },
        "param1",
        "param2",
        "param3",
      );
      s.pageName = "Home";
      s.t();
      return s.outcome();
    });
    assert.equal(collector.hits.length, 1);
    assert.deepEqual(await calls(), [[urlOf(collector.hits[0]), "param1", "param2", "param3", 4]]);
  });

  test("receives arguments of any type unchanged, for each hit", async (t) => {
    const { run } = await openPage(t);
    const same = await run(async ({ s }) => {
      const list = [{ cart: 1 }, undefined, null, () => {}, Symbol("s"), Number.NaN, -0];
      /** @type {boolean[]} */
      const same = [];
      s.registerPostTrackCallback(
        (_url, ...got) => {
          same.push(got.length === list.length && got.every((value, i) => Object.is(value, list[i])));
          got.length = 0;
        },
        ...list,
      );
      s.t();
      await s.outcome();
      s.t();
      await s.outcome();
      return same;
    });
    assert.deepEqual(same, [true, true]);
  });

  test("receives the exact URL of page views and links, unusual characters included", async (t) => {
    const { run, calls, collector, urlOf } = await openPage(t);
    await run(async ({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.pageName = "Sök – 搜索 🛒 & ~!*()' %41 + #";
      s.eVar1 = "half a pair: \ud83d";
      s.t();
      await s.outcome();
      s.linkTrackVars = "eVar1";
      s.tl(true, "o", "Länk?");
      await s.outcome();
      s.tl(true, "d", "price list.pdf");
      return s.outcome();
    });
    assert.equal(collector.hits.length, 3);
    assert.deepEqual(
      await calls(),
      collector.hits.map((hit) => ["post", urlOf(hit)]),
    );
  });

  test("receives the URL of a POST with the body as its query", async (t) => {
    const { run, calls, collector, urlOf } = await openPage(t);
    await run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.marketingCloudVisitorID = "40151241890837653962101763412345678901";
      s.pageName = "long ".repeat(600);
      s.t();
      return s.outcome();
    });
    assert.deepEqual(
      collector.hits.map(({ method }) => method),
      ["POST"],
    );
    assert.deepEqual(await calls(), [["post", urlOf(collector.hits[0])]]);
  });

  test("runs after the image's load event", { skip: cannotHold }, async (t) => {
    const { page, run, called, collector } = await openPage(t, { before: recordImages });
    /** @type {() => void} */
    let release = () => {};
    const released = new Promise((resolve) => {
      release = () => resolve(undefined);
    });
    await page.route(/\/b\/ss\//, async (route) => {
      await released;
      await route.continue();
    });
    const requested = page.waitForRequest(/\/b\/ss\//);
    await run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.t();
    });
    await requested;
    assert.deepEqual(await called(), ["request"]);
    release();
    await run(({ s }) => s.outcome());
    assert.equal(collector.hits.length, 1);
    assert.deepEqual((await called()).toSorted(), ["load", "post", "request"]);
  });

  test("runs once for each hit, in the order of registration", async (t) => {
    const { run, called } = await openPage(t);
    await run(async ({ s, spy }) => {
      for (const name of ["one", "two", "three"]) s.registerPostTrackCallback(spy(name));
      s.t();
      await s.outcome();
      s.tl(true, "o", "link");
      return s.outcome();
    });
    assert.deepEqual(await called(), ["one", "two", "three", "one", "two", "three"]);
  });

  test("cannot change the hit by changing its URL argument", async (t) => {
    const { run, collector, urlOf } = await openPage(t);
    const [seen, outcome] = await run(async ({ s }) => {
      /** @type {string[]} */
      const seen = [];
      const change = function (/** @type {string} */ url) {
        seen.push(url);
        url += "&changed=1";
        // biome-ignore lint/complexity/noArguments: a callback may write to them
        arguments[0] = url;
        return url;
      };
      s.registerPreTrackCallback(change);
      s.registerPreTrackCallback((url) => seen.push(url));
      s.registerPostTrackCallback(change);
      s.registerPostTrackCallback((url) => seen.push(url));
      s.t();
      return /** @type {const} */ ([seen, await s.outcome()]);
    });
    const url = urlOf(collector.hits[0]);
    assert.doesNotMatch(url, /changed/);
    assert.deepEqual(seen, [url, url, url, url]);
    assert.equal(outcome.requestUrl, url);
  });

  test("can be s.clearVars: its own hit has all variables, the next one starts empty", async (t) => {
    const { run, collector } = await openPage(t);
    const left = await run(async ({ s }) => {
      s.registerPostTrackCallback(s.clearVars);
      s.pageName = "Cart";
      s.eVar1 = "red";
      s.events = "event1";
      s.products = ";shoe";
      s.t();
      await s.outcome();
      const left = [s.eVar1, s.events, s.products].map((value) => value || "empty");
      s.t();
      await s.outcome();
      return left;
    });
    assert.deepEqual(left, ["empty", "empty", "empty"]);
    const [first, second] = collector.hits.map(({ url }) => url);
    assert.match(first ?? "", /&events=event1&products=%3Bshoe&v1=red&/);
    assert.doesNotMatch(second ?? "", /&(events|products|v1)=/);
  });

  test("that calls clearVars does not touch hits whose t() came before", async (t) => {
    const { run, collector } = await openPage(t);
    await run(({ s }) => {
      s.registerPostTrackCallback(() => s.clearVars());
      s.prop1 = "first";
      s.t();
      s.prop1 = "second";
      s.t();
      s.prop1 = "third";
      s.t();
      return s.outcome();
    });
    assert.deepEqual(
      collector.hits.map(({ url }) => new URLSearchParams(url).get("c1")),
      ["first", "second", "third"],
    );
  });
});
