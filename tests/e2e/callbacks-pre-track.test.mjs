// Contract C3: pre-track callbacks run once the request URL is complete, before the hit is sent.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";
import { recordImages } from "../support/pages.mjs";

describe("C3: a pre-track callback", { concurrency: 3 }, () => {
  test("receives the request URL and its arguments before the request starts", async (t) => {
    const { run, calls, collector, urlOf } = await openPage(t, { before: recordImages });
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

  test("cannot change its own hit: a variable that it sets is sent with the next one", async (t) => {
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

  test("runs before the post-track callbacks of its hit, whatever the order of registration", async (t) => {
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

  test("runs before the post-track callbacks of a beacon", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      s.registerPostTrackCallback(spy("post"));
      s.registerPreTrackCallback(spy("pre"));
      s.useBeacon = true;
      s.t();
    });
    assert.deepEqual(await called(), ["pre", "post"]);
  });

  test("runs during t() for a hit that waits, and not again when the hit is sent", async (t) => {
    const { run, called, collector, roundTrip } = await openPage(t);
    await run(({ s, spy, calls }) => {
      s.registerPreTrackCallback(spy("pre"));
      s.trackOffline = true;
      s.forceOffline();
      s.t();
      calls.push(["t has returned"]);
    });
    await roundTrip();
    assert.equal(collector.hits.length, 0);
    await run(({ s }) => {
      s.forceOnline();
      return s.outcome();
    });
    assert.equal(collector.hits.length, 1);
    assert.deepEqual(await called(), ["pre", "t has returned"]);
  });

  test("runs once for a hit that is sent several times", async (t) => {
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
