// The contract for callbacks, 1 and 3: what they are called with, when, and in which order.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

/** Writes down when the request of an image begins, and when its load event comes. */
const watchImages = `{
  const { set, get } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
  Object.defineProperty(HTMLImageElement.prototype, "src", {
    get,
    set(url) {
      calls.push(["request"]);
      this.addEventListener("load", () => calls.push(["load"]));
      set.call(this, url);
    },
  });
}`;

describe("a post-track callback", { concurrency: 3 }, () => {
  test("is called with the URL and the arguments it was registered with", async (t) => {
    const { run, calls, collector, urlOf } = await openPage(t);
    await run(({ s, calls }) => {
      s.registerPostTrackCallback(
        function (requestUrl, a, b, c) {
          // biome-ignore lint/complexity/noArguments: written as its documentation has it
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

  test("gets further arguments of any kind as they are, the same ones each time", async (t) => {
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

  test("gets the very URL that was requested, be it a page view or a link, with odd characters", async (t) => {
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

  test("gets the URL of a POST whole, with the body as its query", async (t) => {
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

  test("runs after the image's load event, not before", async (t) => {
    const { page, run, called, collector } = await openPage(t, { before: watchImages });
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

  test("is called in the order of registration, once for each hit", async (t) => {
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

  test("changes nothing by changing the URL it was given", async (t) => {
    const { run, collector, urlOf } = await openPage(t);
    const [seen, outcome] = await run(async ({ s }) => {
      /** @type {string[]} */
      const seen = [];
      const change = function (/** @type {string} */ url) {
        seen.push(url);
        url += "&changed=1";
        // biome-ignore lint/complexity/noArguments: the page may write to them
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

  test("may be s.clearVars itself: the next hit starts empty, this one does not", async (t) => {
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

  test("may call clearVars: hits that were called meanwhile keep their variables", async (t) => {
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

describe("a pre-track callback", { concurrency: 3 }, () => {
  test("is called with the complete URL and its arguments before the request", async (t) => {
    const { run, calls, collector, urlOf } = await openPage(t, { before: watchImages });
    await run(({ s, spy, calls }) => {
      s.registerPreTrackCallback(spy("pre"), "param1", "param2", "param3");
      s.t();
      calls.push(["t has returned"]);
      return s.outcome();
    });
    assert.deepEqual(await calls(), [
      ["pre", urlOf(collector.hits[0]), "param1", "param2", "param3"],
      ["request"],
      ["t has returned"],
      ["load"],
    ]);
  });

  test("is too late to change its own hit; what it sets goes out with the next one", async (t) => {
    const { run, collector } = await openPage(t);
    await run(async ({ s }) => {
      s.registerPreTrackCallback(() => {
        s.prop1 = "from the callback";
      });
      s.t();
      await s.outcome();
      s.t();
      return s.outcome();
    });
    assert.deepEqual(
      collector.hits.map(({ url }) => new URLSearchParams(url).get("c1")),
      [null, "from the callback"],
    );
  });

  test("is always done before any post-track callback of the hit, whichever was registered first", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post 1"));
      s.registerPreTrackCallback(spy("pre 1"));
      s.registerPostTrackCallback(spy("post 2"));
      s.registerPreTrackCallback(spy("pre 2"));
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["pre 1", "pre 2", "post 1", "post 2"]);
  });

  test("is done before any post-track callback of a beacon too", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.registerPreTrackCallback(spy("pre"));
      s.useBeacon = true;
      s.t();
    });
    assert.deepEqual(await called(), ["pre", "post"]);
  });

  test("runs in t() for a hit that has to wait, and not again when it leaves", async (t) => {
    const { run, called, collector } = await openPage(t);
    await run(({ s, spy, calls }) => {
      s.registerPreTrackCallback(spy("pre"));
      s.trackOffline = true;
      s.forceOffline();
      s.t();
      calls.push(["t has returned"]);
    });
    assert.equal(collector.hits.length, 0);
    await run(({ s }) => {
      s.forceOnline();
      return s.outcome();
    });
    assert.equal(collector.hits.length, 1);
    assert.deepEqual(await called(), ["pre", "t has returned"]);
  });

  test("runs once for a hit that is tried several times", async (t) => {
    const { run, called, collector, fastForward } = await openPage(t, {
      plan: ["500", "404", "ok"],
      fakeTime: true,
    });
    await fastForward(
      run(({ s, spy }) => {
        s.registerPreTrackCallback(spy("pre"));
        s.registerPostTrackCallback(spy("post"));
        s.t();
        return s.outcome();
      }),
    );
    assert.equal(collector.hits.length, 3);
    assert.deepEqual(await called(), ["pre", "post"]);
  });
});
