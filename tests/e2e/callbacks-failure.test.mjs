// Contract C8: failure callbacks run when a hit is given up.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

describe("C8: a failure callback", { concurrency: 3 }, () => {
  test("receives URL, reason and its arguments once when a hit is given up, in the order of registration", async (t) => {
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

  test("runs for a hit that is dropped because too many wait; newer hits arrive", async (t) => {
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

  test("does not run for a hit that arrives after failed attempts, nor for an aborted one", async (t) => {
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

  test("does not run after it has been unregistered", async (t) => {
    const { run, called, fastForward } = await openPage(t, { plan: "500", fakeTime: true });
    await fastForward(
      run(({ s, spy }) => {
        const unregister = s.registerTrackFailureCallback(spy("one"));
        s.registerTrackFailureCallback(spy("two"));
        unregister();
        s.t();
        return s.outcome();
      }),
    );
    assert.deepEqual(await called(), ["two"]);
  });
});
