// Contract C6: a tracking call inside a callback is sent, and does not run that callback again.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

/** @typedef {import("../support/fixture.mjs").Globals} Globals */

describe("C6: a tracking call inside a callback", { concurrency: 3 }, () => {
  test("of a post-track callback is sent; other callbacks run for it, this one does not", async (t) => {
    const { run, calls, arrived, collector, settle } = await openPage(t);
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
    await settle();
    assert.deepEqual(arrived(), ["from the page", "from the callback"]);
    assert.deepEqual(await calls(), [
      ["sending", "from the page"],
      ["watching", "from the page"],
      ["watching", "from the callback"],
    ]);
  });

  test("of a post-track callback with tl() does not run that callback either", async (t) => {
    const { run, called, arrived, collector, settle } = await openPage(t);
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
    await settle();
    assert.deepEqual(arrived(), ["page", "echo"]);
    assert.deepEqual(await called(), ["post"]);
  });

  test("of a pre-track callback is sent, and does not run that callback", async (t) => {
    const { run, calls, arrived, collector, settle } = await openPage(t);
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
    await settle();
    assert.deepEqual(arrived().toSorted(), ["from the callback", "from the page"]);
    assert.deepEqual(
      (await calls()).filter(([name]) => name === "pre"),
      [["pre", "from the page"]],
    );
  });

  test("as a beacon does not run that callback either", async (t) => {
    const { run, called, collector, settle } = await openPage(t);
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
    await settle();
    assert.equal(collector.hits.length, 2);
    assert.deepEqual(await called(), ["one", "two", "two"]);
  });

  test("that waits for the visitor id does not run that callback either", async (t) => {
    const { run, calls, arrived, collector, settle } = await openPage(t);
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
    await settle();
    assert.deepEqual(arrived(), ["from the page", "from the callback"]);
    assert.deepEqual(await calls(), [["post", "from the page"]]);
  });

  test("of a failure callback does not run that callback when it fails", async (t) => {
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

  test("is reported on the console once, with debugTracking", async (t) => {
    const { run, logged, collector, settle } = await openPage(t);
    await run(({ s }) => {
      s.debugTracking = true;
      s.registerPostTrackCallback(() => s.t());
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await settle();
    assert.equal(logged().filter((line) => /callback/i.test(line)).length, 1);
  });

  test("is not reported on the console without debugTracking", async (t) => {
    const { run, logged, collector, settle } = await openPage(t);
    await run(({ s }) => {
      s.registerPostTrackCallback(() => s.t());
      s.t();
    });
    await collector.waitFor(() => collector.hits.length === 2);
    await settle();
    assert.deepEqual(logged(), []);
  });
});

describe("C6: after a callback has sent a hit", { concurrency: 3 }, () => {
  test("it runs for the page's next hit, even if it threw", async (t) => {
    const { run, calls, arrived, collector, settle } = await openPage(t);
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
    await settle();
    await run(send);
    await collector.waitFor(() => collector.hits.length === 4);
    await settle();
    assert.deepEqual(arrived(), ["page", "extra", "page", "extra"]);
    assert.deepEqual(await calls(), [
      ["post", "page"],
      ["post", "page"],
    ]);
  });

  test("it runs for a hit that it sends in a timer: that is a hit of the page", async (t) => {
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
