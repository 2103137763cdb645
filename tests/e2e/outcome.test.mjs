// Contract C7: tracking calls return undefined, and s.outcome() resolves to what became of the latest one.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

describe("C7: t() and tl()", { concurrency: 3 }, () => {
  test("return undefined: some pages pass the return value to document.write", async (t) => {
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

describe("C7: outcome()", { concurrency: 3 }, () => {
  test("delivered: resolves after the image has loaded and the callbacks have run", async (t) => {
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

  test("delivered: counts the attempts", async (t) => {
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

  test("queued: a beacon, before t() returns", async (t) => {
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

  test("queued: a hit that waits when the page is left is sent, without post-track callbacks", async (t) => {
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

  test("buffered: bufferRequests keeps the hit for the site's next page", async (t) => {
    const { run, collector, roundTrip } = await openPage(t);
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
    await roundTrip();
    assert.equal(collector.hits.length, 0);
  });

  test("buffered: trackOffline keeps the hit while offline", async (t) => {
    const { run, collector, roundTrip } = await openPage(t);
    const outcome = await run(({ s }) => {
      s.trackOffline = true;
      s.forceOffline();
      s.t();
      const outcome = s.outcome();
      dispatchEvent(new PageTransitionEvent("pagehide"));
      return outcome;
    });
    assert.equal(outcome.status, "buffered");
    await roundTrip();
    assert.equal(collector.hits.length, 0);
  });

  test("aborted: s.abort is true, or becomes true in doPlugins", async (t) => {
    const { run, collector, roundTrip } = await openPage(t);
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
    await roundTrip();
    assert.equal(collector.hits.length, 0);
  });

  test("ignored: sampled out, opted out, or no report suite, each with its own reason", async (t) => {
    const { run, collector, roundTrip } = await openPage(t);
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
    await roundTrip();
    assert.equal(collector.hits.length, 0);
  });

  test("ignored: more than 1000 calls in ten seconds", async (t) => {
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

  test("ignored: no tracking call yet", async (t) => {
    const { run } = await openPage(t);
    assert.equal((await run(({ s }) => s.outcome())).status, "ignored");
  });

  test("failed: resolves, and does not reject, after the last attempt", async (t) => {
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

  test("belongs to the latest call at the time of asking", async (t) => {
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

  test("is the same, however often and however late it is asked for", async (t) => {
    const { run } = await openPage(t);
    const outcomes = await run(async ({ s }) => {
      s.t();
      const early = await Promise.all([s.outcome(), s.outcome()]);
      return [...early, await s.outcome()];
    });
    assert.equal(outcomes.length, 3);
    for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0]);
  });

  test("can be asked for after the hit has been delivered", async (t) => {
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

  test("belongs to one tracker", async (t) => {
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

  test("resolves even if doPlugins throws", async (t) => {
    const { run } = await openPage(t);
    const outcome = await run(({ s }) => {
      s.usePlugins = true;
      s.doPlugins = () => {
        throw new Error("broken plug-in");
      };
      try {
        s.t();
      } catch {
        // AppMeasurement too lets an error in the page's own function reach the page.
      }
      return s.outcome();
    });
    assert.equal(outcome.status, "ignored");
    assert.notEqual(outcome.reason, "");
  });
});
