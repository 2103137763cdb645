// Contract C2: post-track callbacks run for hits that were delivered, once each. Here: hits that are held and sent later,
// and beacons, which get no response.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { notIn } from "../support/browsers.mjs";
import { openPage } from "../support/fixture.mjs";
import { simulatePrerendering } from "../support/pages.mjs";

const cannotGoOffline = notIn("whose driver cannot take it offline", "webkit");

describe("C2: a post-track callback of a hit that is sent later", { concurrency: 3 }, () => {
  test("runs once a hit that was held while offline has been sent", { skip: cannotGoOffline }, async (t) => {
    const { context, run, called, collector, fastForward } = await openPage(t, { fakeTime: true });
    await context.setOffline(true);
    const outcome = run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), []);
    await context.setOffline(false);
    assert.equal((await fastForward(outcome)).status, "delivered");
    assert.equal(collector.hits.length, 1);
    assert.deepEqual(await called(), ["post"]);
  });

  test("runs once for each hit held by forceOffline, in call order, after forceOnline", async (t) => {
    const { run, calls, arrived, roundTrip } = await openPage(t);
    await run(({ s, spy, pageNameOf }) => {
      const post = spy("post");
      s.registerPostTrackCallback((url) => post(pageNameOf(url)));
      s.trackOffline = true;
      s.forceOffline();
      for (s.pageName of ["one", "two", "three"]) s.t();
    });
    await roundTrip();
    assert.deepEqual(arrived(), []);
    assert.deepEqual(await calls(), []);
    await run(({ s }) => {
      const last = s.outcome();
      s.forceOnline();
      return last;
    });
    assert.deepEqual(arrived(), ["one", "two", "three"]);
    assert.deepEqual(await calls(), [
      ["post", "one"],
      ["post", "two"],
      ["post", "three"],
    ]);
  });

  test("runs once for each hit held by bufferRequests, after bufferRequests(false)", async (t) => {
    const { run, calls, collector, roundTrip } = await openPage(t);
    await run(({ s, spy, pageNameOf }) => {
      const post = spy("post");
      s.registerPostTrackCallback((url) => post(pageNameOf(url)));
      s.bufferRequests();
      s.pageName = "one";
      s.t();
      s.pageName = "two";
      s.t();
    });
    await roundTrip();
    assert.equal(collector.hits.length, 0);
    assert.deepEqual(await calls(), []);
    await run(({ s }) => {
      const last = s.outcome();
      s.bufferRequests(false);
      return last;
    });
    assert.deepEqual(await calls(), [
      ["post", "one"],
      ["post", "two"],
    ]);
  });

  test("runs once for a stored hit that is sent, stored again and sent, all within two seconds", {
    skip: notIn("whose driver cannot hold requests", "webkit"),
  }, async (t) => {
    const { page, run, called, arrived } = await openPage(t, {
      before: `window.onLine = false;
        Object.defineProperty(navigator, "onLine", { get: () => window.onLine });
        window.turn = (event) => {
          window.onLine = event === "online";
          dispatchEvent(new Event(event));
        };`,
    });
    await page.route(
      /\/b\/ss\//,
      async (route) => {
        await page.evaluate('turn("offline")');
        await route.abort();
      },
      { times: 1 },
    );
    const failed = page.waitForEvent("requestfailed");
    await run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.trackOffline = true;
      Reflect.get(globalThis, "turn")("offline");
      s.t({ pageName: "stored" });
      Reflect.get(globalThis, "turn")("online");
    });
    await failed;
    await page.evaluate('turn("online")');
    assert.equal((await run(({ s }) => s.outcome())).status, "delivered");
    assert.deepEqual(arrived(), ["stored"]);
    assert.deepEqual(await called(), ["post"]);
  });

  test("is the next page's, for hits that bufferRequests kept for that page", async (t) => {
    const { page, run, calls, address, arrived, roundTrip } = await openPage(t);
    await run(({ s }) => {
      s.bufferRequests();
      s.pageName = "first page";
      s.t();
    });
    await page.goto(address);
    await roundTrip();
    assert.deepEqual(arrived(), []);
    await run(({ s, spy, pageNameOf }) => {
      const post = spy("post");
      s.registerPostTrackCallback((url) => post(pageNameOf(url)));
      s.pageName = "second page";
      s.t();
      return s.outcome();
    });
    assert.deepEqual(arrived(), ["first page", "second page"]);
    assert.deepEqual(await calls(), [
      ["post", "first page"],
      ["post", "second page"],
    ]);
  });

  test("does not run, nor does a failure callback, for a hit that is buffered when the page is left", async (t) => {
    const { run, called, collector, roundTrip } = await openPage(t);
    const outcome = await run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.registerTrackFailureCallback(spy("failure"));
      s.bufferRequests();
      s.t();
      const outcome = s.outcome();
      dispatchEvent(new PageTransitionEvent("pagehide"));
      return outcome;
    });
    assert.equal(outcome.status, "buffered");
    await roundTrip();
    assert.equal(collector.hits.length, 0);
    assert.deepEqual(await called(), []);
  });

  test("runs once for each hit that trackOffline kept over a reload, in call order", async (t) => {
    const { page, run, calls, arrived, roundTrip } = await openPage(t);
    await run(({ s }) => {
      s.trackOffline = true;
      s.forceOffline();
      for (s.pageName of ["one", "two"]) s.t();
    });
    await page.reload();
    await roundTrip();
    assert.deepEqual(arrived(), []);
    await run(({ s, spy, pageNameOf }) => {
      const post = spy("post");
      s.registerPostTrackCallback((url) => post(pageNameOf(url)));
      s.trackOffline = true;
      s.pageName = "three";
      s.t();
      return s.outcome();
    });
    assert.deepEqual(arrived(), ["one", "two", "three"]);
    assert.deepEqual(await calls(), [
      ["post", "one"],
      ["post", "two"],
      ["post", "three"],
    ]);
  });

  test("runs once a prerendered page is shown and its hit has been sent", async (t) => {
    const { page, run, called, collector, roundTrip } = await openPage(t, {
      before: simulatePrerendering,
    });
    const outcome = run(({ s, spy }) => {
      s.registerPreTrackCallback(spy("pre"));
      s.registerPostTrackCallback(spy("post"));
      s.t();
      return s.outcome();
    });
    await roundTrip();
    assert.equal(collector.hits.length, 0);
    assert.deepEqual(await called(), []);
    await page.evaluate("showPage()");
    assert.equal((await outcome).status, "delivered");
    assert.deepEqual(await called(), ["pre", "post"]);
  });
});

describe("C2: the post-track callbacks of a beacon", { concurrency: 3 }, () => {
  test("run before t() returns, with the exact URL", async (t) => {
    const { run, calls, collector, urlOf } = await openPage(t);
    await run(({ s, spy, calls }) => {
      s.registerPostTrackCallback(spy("post"), "param1");
      s.useBeacon = true;
      s.t();
      calls.push(["t has returned"]);
    });
    const hit = await collector.waitFor(() => true);
    assert.equal(hit.method, "POST");
    assert.deepEqual(await calls(), [["post", urlOf(hit), "param1"], ["t has returned"]]);
  });

  test("run before tl() returns, for an exit link", async (t) => {
    const { run, called, collector } = await openPage(t);
    await run(({ s, spy, calls }) => {
      s.registerPostTrackCallback(spy("post"));
      s.tl(true, "e", "https://elsewhere.example/");
      calls.push(["tl has returned"]);
    });
    await collector.waitFor(({ url }) => url.includes("pe=lnk_e"));
    assert.deepEqual(await called(), ["post", "tl has returned"]);
  });

  test("wait for the delivery by image if sendBeacon returns false", async (t) => {
    const { run, called, collector } = await openPage(t, {
      before: "navigator.sendBeacon = () => false;",
    });
    await run(({ s, spy, calls }) => {
      s.registerPostTrackCallback(spy("post"));
      s.useBeacon = true;
      s.t();
      calls.push(["t has returned"]);
      return s.outcome();
    });
    assert.equal(collector.hits.length, 1);
    assert.deepEqual(await called(), ["t has returned", "post"]);
  });
});
