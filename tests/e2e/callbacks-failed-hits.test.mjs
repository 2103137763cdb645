// Contract C2: post-track callbacks run for hits that were delivered, once each. Here: hits that fail or are not sent.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { notIn } from "../support/browsers.mjs";
import { openPage } from "../support/fixture.mjs";

/**
 * Sends one hit from a new page and waits for its outcome.
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

const cannotHold = notIn("whose driver cannot hold up requests", "webkit");

describe("C2: a post-track callback of a hit whose request fails", { concurrency: 3 }, () => {
  for (const [plan, what] of Object.entries({
    500: "an error status without an image",
    404: "another error status without an image",
    200: "a response without an image",
    drop: "a connection closed without a response",
  })) {
    test(`does not run: ${what}`, async (t) => {
      const { outcome, called } = await sendOne(t, plan);
      assert.equal(outcome.status, "failed");
      assert.deepEqual(await called(), []);
    });
  }

  test("runs for an error status with an image: that counts as delivered", async (t) => {
    const { outcome, called, collector } = await sendOne(t, "image:500");
    assert.equal(outcome.status, "delivered");
    assert.equal(collector.hits.length, 1);
    assert.deepEqual(await called(), ["post"]);
  });

  for (const fault of ["500", "drop", "200"]) {
    test(`runs once, with the same URL, if "${fault}" comes first and then an image`, async (t) => {
      const { outcome, calls, collector, urlOf } = await sendOne(t, [fault, "ok"]);
      assert.deepEqual(collector.hits.map(urlOf), [outcome.requestUrl, outcome.requestUrl]);
      assert.deepEqual(await calls(), [["post", outcome.requestUrl]]);
    });
  }

  test("does not run without a response; the hit is not sent again, and later hits leave after five seconds", async (t) => {
    const { run, calls, arrived, roundTrip, fastForward } = await openPage(t, {
      plan: ["hang", "ok"],
      fakeTime: true,
    });
    await fastForward(
      run(({ s, spy, pageNameOf }) => {
        const post = spy("post");
        s.registerPostTrackCallback((url) => post(pageNameOf(url)));
        s.pageName = "unanswered";
        s.t();
        s.pageName = "next";
        s.t();
        return s.outcome();
      }),
    );
    await roundTrip();
    assert.deepEqual(arrived(), ["unanswered", "next"]);
    assert.deepEqual(await calls(), [["post", "next"]]);
  });

  test("runs once for a response that takes more than five seconds", { skip: cannotHold }, async (t) => {
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

  test("runs for the hit after a failed one", async (t) => {
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

describe("C2: the callbacks of a hit that is not sent", { concurrency: 3 }, () => {
  for (const [what, setting] of Object.entries({
    "aborted by s.abort": "s.abort = true",
    "aborted in doPlugins": "s.usePlugins = true; s.doPlugins = () => { s.abort = true }",
    "sampled out": "s.visitorSampling = 0.001",
    "without a report suite": 's.account = ""',
  })) {
    test(`do not run: ${what}; those of the next hit do`, async (t) => {
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

  test("do not run: the visitor has opted out", async (t) => {
    const { run, called, collector, roundTrip } = await openPage(t);
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
    await roundTrip();
    assert.equal(collector.hits.length, 0);
    assert.deepEqual(await called(), []);
  });
});
