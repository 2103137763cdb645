// The contract for callbacks, 6: callbacks that track. Everything is sent, nothing loops.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

/** @typedef {import("../support/fixture.mjs").Globals} Globals */

describe("a hit sent by a callback", { concurrency: 3 }, () => {
  test("post-track: it is sent, the others are told of it, this one is not", async (t) => {
    const { run, calls, arrived, collector } = await openPage(t);
    await run(({ s, spy, pageNameOf }) => {
      const [sending, watching] = [spy("sending"), spy("watching")];
      s.registerPostTrackCallback((url) => {
        sending(pageNameOf(url));
        s.pageName = "from the callback";
        s.t();
      });
      s.registerPostTrackCallback((url) => watching(pageNameOf(url)));
      s.pageName = "from the page";
      s.t();
    });
    await collector.waitFor(({ url }) => url.includes("from%20the%20callback"));
    await run(({ s }) => s.outcome());
    assert.deepEqual(arrived(), ["from the page", "from the callback"]);
    assert.deepEqual(await calls(), [
      ["sending", "from the page"],
      ["watching", "from the page"],
      ["watching", "from the callback"],
    ]);
  });

  test("post-track: a link sent with tl() just the same", async (t) => {
    const { run, called, arrived, collector } = await openPage(t);
    await run(({ s, spy }) => {
      const post = spy("post");
      s.registerPostTrackCallback(() => {
        post();
        s.tl(true, "o", "echo");
      });
      s.pageName = "page";
      s.t();
    });
    await collector.waitFor(({ url }) => url.includes("pev2=echo"));
    await run(({ s }) => s.outcome());
    assert.deepEqual(arrived(), ["page", "echo"]);
    assert.deepEqual(await called(), ["post"]);
  });

  test("pre-track: it is sent, nothing is lost, and that callback is not called for it", async (t) => {
    const { run, calls, arrived, collector } = await openPage(t);
    await run(({ s, spy, pageNameOf }) => {
      const [pre, post] = [spy("pre"), spy("post")];
      s.registerPreTrackCallback((url) => {
        pre(pageNameOf(url));
        s.pageName = "from the callback";
        s.t();
      });
      s.registerPostTrackCallback((url) => post(pageNameOf(url)));
      s.pageName = "from the page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await run(({ s }) => s.outcome());
    await collector.waitFor(() => collector.hits.length === 2);
    assert.deepEqual(arrived().toSorted(), ["from the callback", "from the page"]);
    const told = await calls();
    assert.deepEqual(
      told.filter(([name]) => name === "pre"),
      [["pre", "from the page"]],
    );
  });

  test("as a beacon, whose callbacks run at once", async (t) => {
    const { run, called, collector } = await openPage(t);
    await run(({ s, spy }) => {
      const [one, two] = [spy("one"), spy("two")];
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
    const { run, calls, arrived, collector } = await openPage(t);
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
    await run(({ s }) => s.outcome());
    assert.deepEqual(arrived().toSorted(), ["page", "page A", "page A B", "page B", "page B A"]);
    const told = (await calls())
      .filter(([name]) => name === "A" || name === "B")
      .map((call) => call.join(": "));
    assert.deepEqual(told.toSorted(), ["A: page", "A: page B", "B: page", "B: page A"]);
  });

  test("three that all track: every chain ends when all three have had their turn", async (t) => {
    const { run, collector, arrived } = await openPage(t);
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
    await run(({ s }) => s.outcome());
    assert.deepEqual(arrived().toSorted(), chains.map((chain) => `-${chain}`).toSorted());
  });

  test("a pre-track and a post-track callback that send for each other", async (t) => {
    const { run, collector, arrived } = await openPage(t);
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
    await run(({ s }) => s.outcome());
    assert.deepEqual(arrived().toSorted(), [
      "page",
      "page post",
      "page post pre",
      "page pre",
      "page pre post",
    ]);
  });

  test("on two trackers that send for each other", async (t) => {
    const { run, collector, arrived } = await openPage(t);
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
    await run(({ s }) => s.outcome());
    assert.deepEqual(arrived(), ["page", "page ping", "page ping pong"]);
  });

  test("that has to wait for the visitor id: it still is the callback's own", async (t) => {
    const { run, calls, arrived, collector } = await openPage(t);
    await run(({ s, spy, pageNameOf }) => {
      s.visitor = {
        isAllowed: () => true,
        getVisitorValues: (/** @type {(values: object) => void} */ tell) =>
          setTimeout(tell, 0, { MCMID: "1" }),
      };
      const post = spy("post");
      s.registerPostTrackCallback((url) => {
        post(pageNameOf(url));
        s.pageName = "from the callback";
        s.t();
      });
      s.pageName = "from the page";
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await run(({ s }) => s.outcome());
    assert.deepEqual(arrived(), ["from the page", "from the callback"]);
    assert.deepEqual(await calls(), [["post", "from the page"]]);
  });

  test("when a hit is given up: the failure callback is not called for its own hit", async (t) => {
    const { run, calls, arrived, collector, fastForward } = await openPage(t, {
      plan: "500",
      fakeTime: true,
    });
    await fastForward(
      run(async ({ s, spy, pageNameOf }) => {
        const failure = spy("failure");
        s.registerTrackFailureCallback((url) => {
          failure(pageNameOf(url));
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
    assert.deepEqual([...new Set(arrived())], ["page", "report"]);
    assert.ok(collector.hits.length > 2);
  });

  test("makes the tracker say on the console, with debugTracking, that a callback was left out", async (t) => {
    const { run, logged, collector } = await openPage(t);
    await run(({ s }) => {
      s.debugTracking = true;
      s.registerPostTrackCallback(() => s.t());
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await run(({ s }) => s.outcome());
    assert.equal(logged().filter((line) => /callback/i.test(line)).length, 1);
  });

  test("says nothing without debugTracking", async (t) => {
    const { run, logged, collector } = await openPage(t);
    await run(({ s }) => {
      s.registerPostTrackCallback(() => s.t());
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await run(({ s }) => s.outcome());
    assert.deepEqual(logged(), []);
  });
});

describe("after a callback has tracked", { concurrency: 3 }, () => {
  test("the page's next hit calls it again, even if it threw", async (t) => {
    const { run, calls, arrived, collector } = await openPage(t);
    const send = (/** @type {Globals} */ { s, spy, pageNameOf, calls }) => {
      if (calls.length === 0)
        s.registerPostTrackCallback((url) => {
          spy("post")(pageNameOf(url));
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
    assert.deepEqual(arrived(), ["page", "extra", "page", "extra"]);
    assert.deepEqual(await calls(), [
      ["post", "page"],
      ["post", "page"],
    ]);
  });

  test("a hit sent later, when it no longer runs, is a hit of the page", async (t) => {
    const { run, calls } = await openPage(t);
    await run(async ({ s, spy, pageNameOf, calls }) => {
      const post = spy("post");
      await new Promise((resolve) => {
        s.registerPostTrackCallback((url) => {
          post(pageNameOf(url));
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
