// The contract for callbacks, 6: callbacks that track. Everything is sent, nothing loops.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openTracked } from "../support/tracked.mjs";

/** @typedef {import("../support/tracked.mjs").Globals} Globals */

describe("a hit sent by a callback", { concurrency: 3 }, () => {
  test("post-track: it is sent, the others are told of it, this one is not", async (t) => {
    const { run, calls, pages, collector } = await openTracked(t);
    await run(({ s, note, pageOf }) => {
      const [sending, watching] = [note("sending"), note("watching")];
      s.registerPostTrackCallback((url) => {
        sending(pageOf(url));
        s.pageName = "from the callback";
        s.t();
      });
      s.registerPostTrackCallback((url) => watching(pageOf(url)));
      s.pageName = "from the page";
      s.t();
    });
    await collector.waitFor(({ url }) => url.includes("from%20the%20callback"));
    await run(({ s }) => s.outcome());
    assert.deepEqual(pages(), ["from the page", "from the callback"]);
    assert.deepEqual(await calls(), [
      ["sending", "from the page"],
      ["watching", "from the page"],
      ["watching", "from the callback"],
    ]);
  });

  test("post-track: a link sent with tl() just the same", async (t) => {
    const { run, called, pages, collector } = await openTracked(t);
    await run(({ s, note }) => {
      const post = note("post");
      s.registerPostTrackCallback(() => {
        post();
        s.tl(true, "o", "echo");
      });
      s.pageName = "page";
      s.t();
    });
    await collector.waitFor(({ url }) => url.includes("pev2=echo"));
    await run(({ s }) => s.outcome());
    assert.deepEqual(pages(), ["page", "echo"]);
    assert.deepEqual(await called(), ["post"]);
  });

  test("pre-track: it is sent, nothing is lost, and that callback is not called for it", async (t) => {
    const { run, calls, pages, collector } = await openTracked(t);
    await run(({ s, note, pageOf }) => {
      const [pre, post] = [note("pre"), note("post")];
      s.registerPreTrackCallback((url) => {
        pre(pageOf(url));
        s.pageName = "from the callback";
        s.t();
      });
      s.registerPostTrackCallback((url) => post(pageOf(url)));
      s.pageName = "from the page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await run(({ s }) => s.outcome());
    await collector.waitFor(() => collector.hits.length === 2);
    assert.deepEqual(pages().toSorted(), ["from the callback", "from the page"]);
    const told = await calls();
    assert.deepEqual(
      told.filter(([name]) => name === "pre"),
      [["pre", "from the page"]],
    );
  });

  test("as a beacon, whose callbacks run at once", async (t) => {
    const { run, called, collector } = await openTracked(t);
    await run(({ s, note }) => {
      const [one, two] = [note("one"), note("two")];
      s.registerPostTrackCallback(() => {
        one();
        s.useBeacon = true;
        s.t();
      });
      s.registerPostTrackCallback(two);
      s.useBeacon = true;
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    assert.deepEqual(await called(), ["one", "two", "two"]);
  });

  test("two callbacks that both track: A's hit runs B, and what B sends then does not run A", async (t) => {
    const { run, calls, pages, collector } = await openTracked(t);
    await run(({ s, note, pageOf }) => {
      for (const name of ["A", "B"]) {
        const called = note(name);
        s.registerPostTrackCallback((url) => {
          called(pageOf(url));
          s.pageName = `${pageOf(url)} ${name}`;
          s.t();
        });
      }
      s.pageName = "page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 5);
    await run(({ s }) => s.outcome());
    assert.deepEqual(pages().toSorted(), ["page", "page A", "page A B", "page B", "page B A"]);
    const told = (await calls())
      .filter(([name]) => name === "A" || name === "B")
      .map((call) => call.join(": "));
    assert.deepEqual(told.toSorted(), ["A: page", "A: page B", "B: page", "B: page A"]);
  });

  test("three that all track: every chain ends when all three have had their turn", async (t) => {
    const { run, collector, pages } = await openTracked(t);
    await run(({ s, pageOf }) => {
      for (const name of ["A", "B", "C"]) {
        s.registerPostTrackCallback((url) => {
          s.pageName = `${pageOf(url)}${name}`;
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
    await run(({ s }) => s.outcome());
    assert.deepEqual(pages().toSorted(), chains.map((chain) => `-${chain}`).toSorted());
  });

  test("a pre-track and a post-track callback that send for each other", async (t) => {
    const { run, collector, pages } = await openTracked(t);
    await run(({ s, pageOf }) => {
      s.registerPreTrackCallback((url) => {
        s.pageName = `${pageOf(url)} pre`;
        s.t();
      });
      s.registerPostTrackCallback((url) => {
        s.pageName = `${pageOf(url)} post`;
        s.t();
      });
      s.pageName = "page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 5);
    await run(({ s }) => s.outcome());
    assert.deepEqual(pages().toSorted(), ["page", "page post", "page post pre", "page pre", "page pre post"]);
  });

  test("on two trackers that send for each other", async (t) => {
    const { run, collector, pages } = await openTracked(t);
    await run(({ s, s_gi, pageOf }) => {
      const other = s_gi("other");
      other.trackingServer = s.trackingServer;
      const answer =
        (/** @type {Globals["s"]} */ tracker, /** @type {string} */ name) => (/** @type {string} */ url) => {
          tracker.pageName = `${pageOf(url)} ${name}`;
          tracker.t();
        };
      s.registerPostTrackCallback(answer(other, "ping"));
      other.registerPostTrackCallback(answer(s, "pong"));
      s.pageName = "page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 3);
    await run(({ s }) => s.outcome());
    assert.deepEqual(pages(), ["page", "page ping", "page ping pong"]);
  });

  test("that has to wait for the visitor id: it still is the callback's own", async (t) => {
    const { run, calls, pages, collector } = await openTracked(t);
    await run(({ s, note, pageOf }) => {
      s.visitor = {
        isAllowed: () => true,
        getVisitorValues: (/** @type {(values: object) => void} */ tell) =>
          setTimeout(tell, 0, { MCMID: "1" }),
      };
      const post = note("post");
      s.registerPostTrackCallback((url) => {
        post(pageOf(url));
        s.pageName = "from the callback";
        s.t();
      });
      s.pageName = "from the page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await run(({ s }) => s.outcome());
    assert.deepEqual(pages(), ["from the page", "from the callback"]);
    assert.deepEqual(await calls(), [["post", "from the page"]]);
  });

  test("when a hit is given up: the failure callback is not called for its own hit", async (t) => {
    const { run, calls, pages, collector, fly } = await openTracked(t, { plan: "500", fakeTime: true });
    await fly(
      run(async ({ s, note, pageOf }) => {
        const failure = note("failure");
        s.registerTrackFailureCallback((url) => {
          failure(pageOf(url));
          s.pageName = "report";
          s.t();
        });
        s.pageName = "page";
        s.t();
        await s.outcome();
        return s.outcome();
      }),
    );
    assert.deepEqual(await calls(), [["failure", "page"]]);
    assert.deepEqual([...new Set(pages())], ["page", "report"]);
    assert.ok(collector.hits.length > 2);
  });

  test("makes the tracker say on the console, with debugTracking, that a callback was left out", async (t) => {
    const { run, said, collector } = await openTracked(t);
    await run(({ s }) => {
      s.debugTracking = true;
      s.registerPostTrackCallback(() => s.t());
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await run(({ s }) => s.outcome());
    assert.equal(said().filter((line) => /callback/i.test(line)).length, 1);
  });

  test("says nothing without debugTracking", async (t) => {
    const { run, said, collector } = await openTracked(t);
    await run(({ s }) => {
      s.registerPostTrackCallback(() => s.t());
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await run(({ s }) => s.outcome());
    assert.deepEqual(said(), []);
  });
});

describe("after a callback has tracked", { concurrency: 3 }, () => {
  test("the page's next hit calls it again, even if it threw", async (t) => {
    const { run, calls, pages, collector } = await openTracked(t);
    const send = (/** @type {Globals} */ { s, note, pageOf, calls }) => {
      if (calls.length === 0)
        s.registerPostTrackCallback((url) => {
          note("post")(pageOf(url));
          s.pageName = "extra";
          s.t();
          throw new Error("after tracking");
        });
      s.pageName = "page";
      s.t();
    };
    await run(send);
    await collector.waitFor(() => collector.hits.length === 2);
    await run(({ s }) => s.outcome());
    await run(send);
    await collector.waitFor(() => collector.hits.length === 4);
    await run(({ s }) => s.outcome());
    assert.deepEqual(pages(), ["page", "extra", "page", "extra"]);
    assert.deepEqual(await calls(), [
      ["post", "page"],
      ["post", "page"],
    ]);
  });

  test("a hit sent later, when it no longer runs, is a hit of the page", async (t) => {
    const { run, calls } = await openTracked(t);
    await run(async ({ s, note, pageOf, calls }) => {
      const post = note("post");
      await new Promise((resolve) => {
        s.registerPostTrackCallback((url) => {
          post(pageOf(url));
          if (calls.length === 2) resolve(undefined);
          else
            setTimeout(() => {
              s.pageName = "later";
              s.t();
            });
        });
        s.pageName = "page";
        s.t();
      });
    });
    assert.deepEqual(await calls(), [
      ["post", "page"],
      ["post", "later"],
    ]);
  });
});
