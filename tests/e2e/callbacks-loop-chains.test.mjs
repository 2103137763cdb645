// Contract C6, several callbacks: a hit does not run a callback that one of the hits before it in the chain has run.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

/** @typedef {import("../support/fixture.mjs").Globals} Globals */

describe("C6: callbacks that send hits for one another", { concurrency: 3 }, () => {
  test("two callbacks: A's hit runs B, and the hit that B sends then does not run A", async (t) => {
    const { run, calls, arrived, collector, settle } = await openPage(t);
    await run(({ s, spy, pageNameOf }) => {
      for (const name of ["A", "B"]) {
        const called = spy(name);
        s.registerPostTrackCallback((url) => {
          called(pageNameOf(url));
          s.pageName = `${pageNameOf(url)} ${name}`;
          s.t();
        });
      }
      s.pageName = "page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 5);
    await settle();
    assert.deepEqual(arrived().toSorted(), ["page", "page A", "page A B", "page B", "page B A"]);
    const told = (await calls())
      .filter(([name]) => name === "A" || name === "B")
      .map((call) => call.join(": "));
    assert.deepEqual(told.toSorted(), ["A: page", "A: page B", "B: page", "B: page A"]);
  });

  test("three callbacks: every chain ends after each has run once", async (t) => {
    const { run, collector, arrived, settle } = await openPage(t);
    await run(({ s, pageNameOf }) => {
      for (const name of ["A", "B", "C"]) {
        s.registerPostTrackCallback((url) => {
          s.pageName = `${pageNameOf(url)}${name}`;
          s.t();
        });
      }
      s.pageName = "-";
      s.t();
    });
    const chains = [
      "",
      "A",
      "B",
      "C",
      "AB",
      "AC",
      "BA",
      "BC",
      "CA",
      "CB",
      "ABC",
      "ACB",
      "BAC",
      "BCA",
      "CAB",
      "CBA",
    ];
    await collector.waitFor(() => collector.hits.length === chains.length);
    await settle();
    assert.deepEqual(arrived().toSorted(), chains.map((chain) => `-${chain}`).toSorted());
  });

  test("a pre-track and a post-track callback", async (t) => {
    const { run, collector, arrived, settle } = await openPage(t);
    await run(({ s, pageNameOf }) => {
      s.registerPreTrackCallback((url) => {
        s.pageName = `${pageNameOf(url)} pre`;
        s.t();
      });
      s.registerPostTrackCallback((url) => {
        s.pageName = `${pageNameOf(url)} post`;
        s.t();
      });
      s.pageName = "page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 5);
    await settle();
    assert.deepEqual(arrived().toSorted(), [
      "page",
      "page post",
      "page post pre",
      "page pre",
      "page pre post",
    ]);
  });

  test("the callbacks of two trackers", async (t) => {
    const { run, collector, arrived, settle } = await openPage(t);
    await run(({ s, s_gi, pageNameOf }) => {
      const other = s_gi("other");
      other.trackingServer = s.trackingServer;
      const answer =
        (/** @type {Globals["s"]} */ tracker, /** @type {string} */ name) => (/** @type {string} */ url) => {
          tracker.pageName = `${pageNameOf(url)} ${name}`;
          tracker.t();
        };
      s.registerPostTrackCallback(answer(other, "ping"));
      other.registerPostTrackCallback(answer(s, "pong"));
      s.pageName = "page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 3);
    await settle();
    assert.deepEqual(arrived(), ["page", "page ping", "page ping pong"]);
  });
});
