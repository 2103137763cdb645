// The contract for callbacks, 2: post-track callbacks tell of hits that have arrived, of each of them once, of no other.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

/**
 * A page that sends one hit and says what came of it.
 * @param {import("node:test").TestContext} t
 * @param {import("../../www/collector/plan.mjs").Plan} plan
 */
async function sendOne(t, plan) {
  const tab = await openPage(t, { plan, fakeTime: true });
  const outcome = await tab.fastForward(
    tab.run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.t();
      return s.outcome();
    }),
  );
  return { ...tab, outcome };
}

describe("post-track callbacks and failing requests", { concurrency: 3 }, () => {
  for (const [plan, what] of Object.entries({
    500: "an error status without an image",
    404: "another error status without an image",
    200: "an answer without an image",
    drop: "a connection closed without an answer",
  })) {
    test(`${what}: not called, however often it is tried`, async (t) => {
      const { outcome, called } = await sendOne(t, plan);
      assert.equal(outcome.status, "failed");
      assert.deepEqual(await called(), []);
    });
  }

  test("an error status with an image: called, the hit has arrived", async (t) => {
    const { outcome, called, collector } = await sendOne(t, "image:500");
    assert.equal(outcome.status, "delivered");
    assert.equal(collector.hits.length, 1);
    assert.deepEqual(await called(), ["post"]);
  });

  for (const fault of ["500", "drop", "200"]) {
    test(`"${fault}" at first and then an answer: called once, for the same URL`, async (t) => {
      const { outcome, calls, collector, urlOf } = await sendOne(t, [fault, "ok"]);
      assert.deepEqual(collector.hits.map(urlOf), [outcome.requestUrl, outcome.requestUrl]);
      assert.deepEqual(await calls(), [["post", outcome.requestUrl]]);
    });
  }

  test("no answer, ever: not called, not sent again, and the hits behind it are not held up for ever", async (t) => {
    const { run, calls, collector, arrived, fastForward } = await openPage(t, {
      plan: ["hang", "ok"],
      fakeTime: true,
    });
    await fastForward(
      run(({ s, spy, pageNameOf }) => {
        const post = spy("post");
        s.registerPostTrackCallback((url) => post(pageNameOf(url)));
        s.pageName = "unanswered";
        s.t();
        s.pageName = "behind it";
        s.t();
        return s.outcome();
      }),
    );
    assert.deepEqual(arrived(), ["unanswered", "behind it"]);
    assert.equal(collector.hits.length, 2);
    assert.deepEqual(await calls(), [["post", "behind it"]]);
  });

  test("an answer after more than five seconds still counts, once", async (t) => {
    const { page, run, calls, arrived, fastForward } = await openPage(t, { fakeTime: true });
    /** @type {import("playwright-core").Route | undefined} */
    let first;
    await page.route(/pageName=slow/, (route) => {
      first = route;
    });
    const slow = run(({ s, spy, pageNameOf }) => {
      const post = spy("post");
      s.registerPostTrackCallback((url) => post(pageNameOf(url)));
      s.pageName = "slow";
      s.t();
      return s.outcome();
    });
    await fastForward(
      run(({ s }) => {
        s.pageName = "quick";
        s.t();
        return s.outcome();
      }),
    );
    assert.deepEqual(await calls(), [["post", "quick"]]);
    await first?.continue();
    assert.equal((await slow).status, "delivered");
    assert.deepEqual(arrived(), ["quick", "slow"]);
    assert.deepEqual(await calls(), [
      ["post", "quick"],
      ["post", "slow"],
    ]);
  });

  test("one failed hit does not keep the callbacks of the next from running", async (t) => {
    const { run, calls, fastForward, collector } = await openPage(t, { plan: "500", fakeTime: true });
    await fastForward(
      run(({ s, spy, pageNameOf }) => {
        const post = spy("post");
        s.registerPostTrackCallback((url) => post(pageNameOf(url)));
        s.pageName = "lost";
        s.t();
        return s.outcome();
      }),
    );
    collector.plan("ok");
    await fastForward(
      run(({ s }) => {
        s.pageName = "found";
        s.t();
        return s.outcome();
      }),
    );
    assert.deepEqual(await calls(), [["post", "found"]]);
  });
});

describe("post-track callbacks and hits that are not sent", { concurrency: 3 }, () => {
  for (const [what, setting] of Object.entries({
    "aborted by s.abort": "s.abort = true",
    "aborted in doPlugins": "s.usePlugins = true; s.doPlugins = () => { s.abort = true }",
    "sampled out": "s.visitorSampling = 0.001",
    "without a report suite": 's.account = ""',
  })) {
    test(`${what}: neither sent nor told of, and the next hit is`, async (t) => {
      const { page, run, calls, arrived } = await openPage(t);
      await page.evaluate(`{ ${setting} }`);
      await run(async ({ s, spy, pageNameOf }) => {
        const [pre, post] = [spy("pre"), spy("post")];
        s.registerPreTrackCallback((url) => pre(pageNameOf(url)));
        s.registerPostTrackCallback((url) => post(pageNameOf(url)));
        s.pageName = "not sent";
        s.t();
        await s.outcome();
        Object.assign(s, { usePlugins: false, visitorSampling: undefined });
        s.account = "suite";
        s.pageName = "sent";
        s.t();
        return s.outcome();
      });
      assert.deepEqual(arrived(), ["sent"]);
      assert.deepEqual(await calls(), [
        ["pre", "sent"],
        ["post", "sent"],
      ]);
    });
  }

  test("opted out: neither sent nor told of", async (t) => {
    const { run, called, collector } = await openPage(t);
    await run(({ s, spy }) => {
      s.visitor = {
        isAllowed: () => true,
        getVisitorValues: (/** @type {(values: object) => void} */ tell) =>
          tell({ MCMID: "", MCOPTOUT: true }),
      };
      s.registerPreTrackCallback(spy("pre"));
      s.registerPostTrackCallback(spy("post"));
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), []);
    assert.equal(collector.hits.length, 0);
  });
});

describe("post-track callbacks and hits that are sent later", { concurrency: 3 }, () => {
  test("offline: not called while the hit waits, once when it has been sent", async (t) => {
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

  test("forceOffline with trackOffline: in their order, once each, when forceOnline lets them go", async (t) => {
    const { run, calls, arrived } = await openPage(t);
    await run(({ s, spy, pageNameOf }) => {
      const post = spy("post");
      s.registerPostTrackCallback((url) => post(pageNameOf(url)));
      s.trackOffline = true;
      s.forceOffline();
      for (const name of ["one", "two", "three"]) {
        s.pageName = name;
        s.t();
      }
    });
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

  test("bufferRequests: once each, when the buffer is let go", async (t) => {
    const { run, calls, collector } = await openPage(t);
    await run(({ s, spy, pageNameOf }) => {
      const post = spy("post");
      s.registerPostTrackCallback((url) => post(pageNameOf(url)));
      s.bufferRequests();
      s.pageName = "one";
      s.t();
      s.pageName = "two";
      s.t();
    });
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

  test("buffered for the next page: that page's callbacks run, once for each hit", async (t) => {
    const { page, run, calls, address, arrived } = await openPage(t);
    await run(({ s }) => {
      s.bufferRequests();
      s.pageName = "first page";
      s.t();
    });
    await page.goto(address);
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

  test("buffered when the page is left: not called, and neither is a failure callback", async (t) => {
    const { run, called, collector } = await openPage(t);
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
    assert.equal(collector.hits.length, 0);
    assert.deepEqual(await called(), []);
  });

  test("kept over a reload with trackOffline: once for each hit, in their order", async (t) => {
    const { page, run, calls, arrived } = await openPage(t);
    await run(({ s }) => {
      s.trackOffline = true;
      s.forceOffline();
      for (const name of ["one", "two"]) {
        s.pageName = name;
        s.t();
      }
    });
    await page.reload();
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

  test("prerendered: sent and told of when the page is shown", async (t) => {
    const { run, called, collector } = await openPage(t, {
      before: 'Object.defineProperty(document, "prerendering", { value: true, configurable: true });',
    });
    const outcome = run(({ s, spy }) => {
      s.registerPreTrackCallback(spy("pre"));
      s.registerPostTrackCallback(spy("post"));
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), []);
    assert.equal(collector.hits.length, 0);
    await run(() => {
      Object.defineProperty(document, "prerendering", { value: false });
      document.dispatchEvent(new Event("prerenderingchange"));
    });
    assert.equal((await outcome).status, "delivered");
    assert.deepEqual(await called(), ["pre", "post"]);
  });
});

describe("post-track callbacks of a beacon", { concurrency: 3 }, () => {
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

  test("do not run for a beacon that the browser refuses until the hit has arrived another way", async (t) => {
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
