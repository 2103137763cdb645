// The contract for callbacks, 7 and 8: what a tracking call gives back, what becomes of it, and hits that are given up.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

describe("t() and tl()", { concurrency: 3 }, () => {
  test("return undefined: pages write what they get into the document", async (t) => {
    const { run } = await openPage(t);
    const kinds = await run(({ s }) => {
      const returned = [s.t(), s.track(), s.tl(true, "o", "link"), s.trackLink(true, "e", "exit")];
      s.abort = true;
      returned.push(s.t());
      s.useBeacon = true;
      returned.push(s.t({ pageName: "beacon" }));
      s.account = "";
      returned.push(s.t());
      return returned.map((value) => typeof value);
    });
    assert.deepEqual(kinds, Array(7).fill("undefined"));
  });
});

describe("outcome()", { concurrency: 3 }, () => {
  test("delivered: when the image has loaded and the callbacks are done", async (t) => {
    const { run, collector, urlOf } = await openPage(t);
    const [outcome, done] = await run(async ({ s, calls, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.t();
      const outcome = await s.outcome();
      return /** @type {const} */ ([outcome, calls.length]);
    });
    const requestUrl = urlOf(collector.hits[0]);
    assert.deepEqual(outcome, { status: "delivered", requestUrl, attempts: 1, reason: "" });
    assert.equal(done, 1);
  });

  test("delivered at the third attempt", async (t) => {
    const { run, collector, urlOf, fastForward } = await openPage(t, {
      plan: ["500", "404", "ok"],
      fakeTime: true,
    });
    const outcome = await fastForward(
      run(({ s }) => {
        s.t();
        return s.outcome();
      }),
    );
    const requestUrl = urlOf(collector.hits[0]);
    assert.deepEqual(outcome, { status: "delivered", requestUrl, attempts: 3, reason: "" });
  });

  test("queued: a beacon, known before t() has returned", async (t) => {
    const { run, collector, urlOf } = await openPage(t);
    const outcome = await run(({ s }) => {
      s.useBeacon = true;
      s.t();
      return s.outcome();
    });
    const hit = await collector.waitFor(() => true);
    assert.equal(outcome.status, "queued");
    assert.equal(outcome.requestUrl, urlOf(hit));
    assert.equal(outcome.attempts, 1);
  });

  test("queued: what still waits when the page is left goes out, without post-track callbacks", async (t) => {
    const { run, called, collector, urlOf, arrived } = await openPage(t, { plan: ["ok", "hang", "ok"] });
    await run(async ({ s, spy }) => {
      s.pageName = "before";
      s.t();
      await s.outcome();
      s.registerPostTrackCallback(spy("post"));
      s.pageName = "unanswered";
      s.t();
      s.pageName = "waiting";
      s.t();
    });
    await collector.waitFor(({ url }) => url.includes("pageName=unanswered"));
    const outcome = await run(({ s }) => {
      const outcome = s.outcome();
      dispatchEvent(new PageTransitionEvent("pagehide"));
      return outcome;
    });
    const hit = await collector.waitFor(({ url }) => url.includes("pageName=waiting"));
    assert.deepEqual(arrived(), ["before", "unanswered", "waiting"]);
    assert.equal(outcome.status, "queued");
    assert.equal(outcome.requestUrl, urlOf(hit));
    assert.deepEqual(await called(), []);
  });

  test("buffered: kept for the site's next page", async (t) => {
    const { run, collector } = await openPage(t);
    const outcome = await run(({ s }) => {
      s.bufferRequests();
      s.pageName = "kept";
      s.t();
      const outcome = s.outcome();
      dispatchEvent(new PageTransitionEvent("pagehide"));
      return outcome;
    });
    assert.equal(outcome.status, "buffered");
    assert.match(outcome.requestUrl, /^http:\/\/.*\/b\/ss\/suite\/.*&pageName=kept&/);
    assert.equal(outcome.attempts, 0);
    assert.equal(collector.hits.length, 0);
  });

  test("buffered: kept offline, by a site that tracks offline", async (t) => {
    const { run, collector } = await openPage(t);
    const outcome = await run(({ s }) => {
      s.trackOffline = true;
      s.forceOffline();
      s.t();
      const outcome = s.outcome();
      dispatchEvent(new PageTransitionEvent("pagehide"));
      return outcome;
    });
    assert.equal(outcome.status, "buffered");
    assert.equal(collector.hits.length, 0);
  });

  test("aborted: by s.abort, or in doPlugins", async (t) => {
    const { run, collector } = await openPage(t);
    const outcomes = await run(async ({ s }) => {
      s.abort = true;
      s.t();
      const first = await s.outcome();
      s.usePlugins = true;
      s.doPlugins = () => {
        s.abort = true;
      };
      s.tl(true, "o", "link");
      return [first, await s.outcome()];
    });
    for (const { status, requestUrl, attempts, reason } of outcomes) {
      assert.deepEqual({ status, requestUrl, attempts }, { status: "aborted", requestUrl: "", attempts: 0 });
      assert.notEqual(reason, "");
    }
    assert.equal(collector.hits.length, 0);
  });

  test("ignored: sampled out, opted out, or without a report suite, each with its reason", async (t) => {
    const { run, collector } = await openPage(t);
    const outcomes = await run(async ({ s, s_gi }) => {
      s.visitorSampling = 0.001;
      s.t();
      const outcomes = [await s.outcome()];
      s.visitorSampling = undefined;
      s.account = "";
      s.t();
      outcomes.push(await s.outcome());
      const other = s_gi("other");
      other.trackingServer = s.trackingServer;
      other.visitor = {
        isAllowed: () => true,
        getVisitorValues: (/** @type {(values: object) => void} */ tell) => tell({ MCOPTOUT: true }),
      };
      other.t();
      return [...outcomes, await other.outcome()];
    });
    for (const { status, requestUrl, attempts } of outcomes)
      assert.deepEqual({ status, requestUrl, attempts }, { status: "ignored", requestUrl: "", attempts: 0 });
    assert.equal(new Set(outcomes.map(({ reason }) => reason)).size, 3);
    assert.ok(outcomes.every(({ reason }) => reason !== ""));
    assert.equal(collector.hits.length, 0);
  });

  test("ignored: one of too many calls in ten seconds", async (t) => {
    const { run } = await openPage(t);
    const { status, requestUrl, attempts, reason } = await run(({ s }) => {
      for (let calls = 0; calls <= 1000; calls++) {
        s.abort = true;
        s.t();
      }
      return s.outcome();
    });
    assert.deepEqual({ status, requestUrl, attempts }, { status: "ignored", requestUrl: "", attempts: 0 });
    assert.match(reason, /too many/);
  });

  test("ignored: before the first tracking call", async (t) => {
    const { run } = await openPage(t);
    assert.equal((await run(({ s }) => s.outcome())).status, "ignored");
  });

  test("failed: when all tries are used up; it is not rejected", async (t) => {
    const { run, collector, urlOf, fastForward } = await openPage(t, { plan: "500", fakeTime: true });
    const outcome = await fastForward(
      run(({ s }) => {
        s.t();
        return s.outcome();
      }),
    );
    assert.equal(outcome.status, "failed");
    assert.equal(outcome.requestUrl, urlOf(collector.hits[0]));
    assert.equal(outcome.attempts, collector.hits.length);
    assert.ok(outcome.attempts > 1);
    assert.notEqual(outcome.reason, "");
  });

  test("is that of the latest call, each call's own when asked in between", async (t) => {
    const { run, collector, urlOf } = await openPage(t);
    const outcomes = await run(({ s }) => {
      s.t();
      const first = s.outcome();
      s.t();
      const second = s.outcome();
      s.abort = true;
      s.t();
      return Promise.all([first, second, s.outcome()]);
    });
    const [first, second] = collector.hits;
    assert.deepEqual(
      outcomes.map(({ status, requestUrl }) => [status, requestUrl]),
      [
        ["delivered", urlOf(first)],
        ["delivered", urlOf(second)],
        ["aborted", ""],
      ],
    );
  });

  test("is the same however often and however late it is asked for", async (t) => {
    const { run } = await openPage(t);
    const outcomes = await run(async ({ s }) => {
      s.t();
      const early = await Promise.all([s.outcome(), s.outcome()]);
      return [...early, await s.outcome()];
    });
    assert.equal(outcomes.length, 3);
    for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0]);
  });

  test("is the first that became of the hit, when it is asked for afterwards only", async (t) => {
    const { run, collector, urlOf } = await openPage(t);
    const outcome = await run(async ({ s }) => {
      await new Promise((resolve) => {
        s.registerPostTrackCallback(resolve);
        s.t();
      });
      return s.outcome();
    });
    const requestUrl = urlOf(collector.hits[0]);
    assert.deepEqual(outcome, { status: "delivered", requestUrl, attempts: 1, reason: "" });
  });

  test("is each tracker's own", async (t) => {
    const { run, collector, urlOf } = await openPage(t);
    const outcomes = await run(async ({ s, s_gi }) => {
      const other = s_gi("other");
      other.trackingServer = s.trackingServer;
      s.t();
      await s.outcome();
      other.abort = true;
      other.t();
      return [await s.outcome(), await other.outcome()];
    });
    assert.deepEqual(
      outcomes.map(({ status, requestUrl }) => [status, requestUrl]),
      [
        ["delivered", urlOf(collector.hits[0])],
        ["aborted", ""],
      ],
    );
  });

  test("is settled though doPlugins throws", async (t) => {
    const { run } = await openPage(t);
    const outcome = await run(({ s }) => {
      s.usePlugins = true;
      s.doPlugins = () => {
        throw new Error("broken plug-in");
      };
      try {
        s.t();
      } catch {
        // As with AppMeasurement, the error of the page's own function comes back to the page.
      }
      return s.outcome();
    });
    assert.equal(outcome.status, "ignored");
    assert.notEqual(outcome.reason, "");
  });
});

describe("a failure callback", { concurrency: 3 }, () => {
  test("is called once with URL, reason and its arguments when a hit is given up, in order", async (t) => {
    const { run, calls, collector, urlOf, fastForward } = await openPage(t, { plan: "drop", fakeTime: true });
    const outcome = await fastForward(
      run(({ s, spy }) => {
        s.registerPostTrackCallback(spy("post"));
        s.registerTrackFailureCallback(spy("one"), "param1", "param2");
        s.registerTrackFailureCallback(spy("two"));
        s.t();
        return s.outcome();
      }),
    );
    const url = urlOf(collector.hits[0]);
    assert.deepEqual(await calls(), [
      ["one", url, outcome.reason, "param1", "param2"],
      ["two", url, outcome.reason],
    ]);
  });

  test("is called for a hit that is dropped because too many wait; the newer ones arrive", async (t) => {
    const { run, calls, arrived } = await openPage(t);
    const outcomes = await run(async ({ s, spy, pageNameOf }) => {
      const [failure, post] = [spy("failure"), spy("post")];
      s.registerTrackFailureCallback((url, reason) => failure(pageNameOf(url), reason));
      s.registerPostTrackCallback((url) => post(pageNameOf(url)));
      s.trackOffline = true;
      s.offlineHitLimit = 1;
      s.forceOffline();
      s.pageName = "one";
      s.t();
      const dropped = s.outcome();
      s.pageName = "two";
      s.t();
      const outcomes = [await dropped];
      s.forceOnline();
      return [...outcomes, await s.outcome()];
    });
    const [dropped] = outcomes;
    assert.deepEqual(
      outcomes.map(({ status, attempts }) => [status, attempts]),
      [
        ["failed", 0],
        ["delivered", 1],
      ],
    );
    assert.match(dropped?.requestUrl ?? "", /&pageName=one&/);
    assert.notEqual(dropped?.reason, "");
    assert.deepEqual(arrived(), ["two"]);
    assert.deepEqual(await calls(), [
      ["failure", "one", dropped?.reason],
      ["post", "two"],
    ]);
  });

  test("is not called for a hit that arrives at last, nor for one that was aborted", async (t) => {
    const { run, called, fastForward } = await openPage(t, { plan: ["500", "500", "ok"], fakeTime: true });
    await fastForward(
      run(async ({ s, spy }) => {
        s.registerTrackFailureCallback(spy("failure"));
        s.t();
        await s.outcome();
        s.abort = true;
        s.t();
        return s.outcome();
      }),
    );
    assert.deepEqual(await called(), []);
  });

  test("is not called when it has been taken back", async (t) => {
    const { run, called, fastForward } = await openPage(t, { plan: "500", fakeTime: true });
    await fastForward(
      run(({ s, spy }) => {
        const takeBack = s.registerTrackFailureCallback(spy("one"));
        s.registerTrackFailureCallback(spy("two"));
        takeBack();
        s.t();
        return s.outcome();
      }),
    );
    assert.deepEqual(await called(), ["two"]);
  });
});
