// Services beside the tracker, where no recorded scenario shows what afterhit does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

describe("services", { concurrency: 2 }, () => {
  test("a call leaves at once if the opt-in service has approved analytics already", async (t) => {
    const { run, collector, arrived } = await openPage(t, {});
    const order = await run(({ s }) => {
      const approved = { Categories: { ANALYTICS: "aa" }, isApproved: () => true, fetchPermissions() {} };
      Object.assign(window, { adobe: { optIn: approved } });
      /** @type {string[]} */
      const events = [];
      s.registerPreTrackCallback(() => events.push("made"));
      s.pageName = "at once";
      s.t();
      events.push("returned");
      return events;
    });
    assert.deepEqual(order, ["made", "returned"]);
    await collector.waitFor(() => true);
    assert.deepEqual(arrived(), ["at once"]);
  });

  test("a call that waits for the visitor service is not sent if the visitor turns out to have opted out", async (t) => {
    const { run, roundTrip, arrived } = await openPage(t, {});
    const outcomes = await run(async ({ s }) => {
      /** @type {(values: object) => void} */
      let answer = () => {};
      s.visitor = { isAllowed: () => true, getVisitorValues: (/** @type {any} */ reply) => (answer = reply) };
      s.pageName = "waited";
      s.t();
      const waited = s.outcome();
      answer({ MCMID: "1", MCOPTOUT: true });
      s.pageName = "later";
      s.t();
      answer({ MCMID: "1", MCOPTOUT: true });
      return [(await waited).reason, (await s.outcome()).reason];
    });
    await roundTrip();
    assert.deepEqual(outcomes, ["the visitor has opted out", "the visitor has opted out"]);
    assert.deepEqual(arrived(), []);
  });

  test("context data that doPlugins sets for a call that waits is that call's own", async (t) => {
    const { run, collector } = await openPage(t, {});
    await run(({ s }) => {
      /** @type {(values: object) => void} */
      let answer = () => {};
      s.visitor = { isAllowed: () => true, getVisitorValues: (/** @type {any} */ reply) => (answer = reply) };
      s.usePlugins = true;
      s.doPlugins = () => {
        s.contextData.plugin = "waiting";
        s.usePlugins = false;
      };
      s.contextData.page = "both";
      s.t();
      answer({ MCMID: "1" });
      s.usePlugins = false;
      s.t();
      answer({ MCMID: "1" });
    });
    await collector.waitFor(() => collector.hits.length === 2);
    const [first, second] = collector.hits.map(({ url }) => new URL(url, "https://x.example").search);
    assert.match(first ?? "", /&c\.&page=both&plugin=waiting&\.c&/);
    assert.match(second ?? "", /&c\.&page=both&\.c&/);
  });

  test("destinations without placeholders are requested, those of others are not", async (t) => {
    const { run } = await openPage(t, {});
    const requested = await run(({ s }) => {
      /** @type {string[]} */
      const urls = [];
      class StubImage {
        /** @param {string} url */
        set src(url) {
          urls.push(url);
        }
      }
      Object.assign(window, { Image: StubImage });
      /** @type {any} */
      const dests = [
        { id: "aa.1", c: "https://a.example.com/?x=1" },
        { id: "b", c: "https://b.example.com/" },
        null,
        {},
      ];
      s.doPostbacks({ dests });
      s.doPostbacks(null);
      s.doPostbacks({ dests: 1 });
      return urls;
    });
    assert.deepEqual(requested, ["https://a.example.com/?x=1"]);
  });
});
