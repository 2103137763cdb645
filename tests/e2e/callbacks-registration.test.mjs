// Contract C5: registering a callback again, and unregistering it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { notIn } from "../support/browsers.mjs";
import { openPage } from "../support/fixture.mjs";

const cannotCollect = notIn("whose driver cannot request it", "firefox", "webkit");

describe("C5: registering a callback again", { concurrency: 3 }, () => {
  test("with the same arguments is one registration", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      const [pre, post, bag] = [spy("pre"), spy("post"), { any: "thing" }];
      for (let i = 0; i < 3; i++) {
        s.registerPreTrackCallback(pre);
        s.registerPostTrackCallback(post, "param1", bag, Number.NaN);
      }
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["pre", "post"]);
  });

  test("with other arguments, fewer arguments or another object is a second registration", async (t) => {
    const { run, calls } = await openPage(t);
    await run(({ s, calls }) => {
      const post = (/** @type {any[]} */ ...list) => void calls.push(list.slice(1));
      s.registerPostTrackCallback(post, 1);
      s.registerPostTrackCallback(post, "1");
      s.registerPostTrackCallback(post);
      s.registerPostTrackCallback(post, 1, 2);
      s.registerPostTrackCallback(post, { a: 1 });
      s.registerPostTrackCallback(post, { a: 1 });
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await calls(), [[1], ["1"], [], [1, 2], [{ a: 1 }], [{ a: 1 }]]);
  });

  test("as a pre-track and as a post-track callback is two registrations", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      const both = spy("both");
      s.registerPreTrackCallback(both);
      s.registerPostTrackCallback(both);
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["both", "both"]);
  });

  test("with another tracker is a second registration, for that tracker's hits", async (t) => {
    const { run, calls } = await openPage(t);
    await run(async ({ s, s_gi, spy, pageNameOf }) => {
      const other = s_gi("other");
      other.trackingServer = s.trackingServer;
      const post = spy("post");
      const told = (/** @type {string} */ url) => post(pageNameOf(url), url.split("/")[5]);
      s.registerPostTrackCallback(told);
      other.registerPostTrackCallback(told);
      s.pageName = "one";
      s.t();
      await s.outcome();
      other.pageName = "two";
      other.t();
      return other.outcome();
    });
    assert.deepEqual(await calls(), [
      ["post", "one", "suite"],
      ["post", "two", "other"],
    ]);
  });

  test("with one tracker does not run for the hits of another", async (t) => {
    const { run, called, arrived } = await openPage(t);
    await run(async ({ s, s_gi, spy }) => {
      const other = s_gi("other");
      other.trackingServer = s.trackingServer;
      s.registerPreTrackCallback(spy("pre"));
      s.registerPostTrackCallback(spy("post"));
      other.registerPreTrackCallback(spy("other pre"));
      other.registerPostTrackCallback(spy("other post"));
      s.pageName = "one";
      s.t();
      await s.outcome();
      other.pageName = "two";
      other.t();
      return other.outcome();
    });
    assert.deepEqual(arrived(), ["one", "two"]);
    assert.deepEqual(await called(), ["pre", "post", "other pre", "other post"]);
  });
});

describe("C5: the function that a registration returns", { concurrency: 3 }, () => {
  test("removes that registration and no other; a second call does nothing", async (t) => {
    const { run, called } = await openPage(t);
    await run(async ({ s, spy }) => {
      const unregisterPre = s.registerPreTrackCallback(spy("pre 1"));
      s.registerPreTrackCallback(spy("pre 2"));
      const unregisterPost = s.registerPostTrackCallback(spy("post 1"));
      s.registerPostTrackCallback(spy("post 2"));
      s.t();
      await s.outcome();
      for (let i = 0; i < 2; i++) {
        unregisterPre();
        unregisterPost();
      }
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["pre 1", "pre 2", "post 1", "post 2", "pre 2", "post 2"]);
  });

  test("removes the registration, whichever of several identical calls returned it", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      const [pre, post] = [spy("pre"), spy("post")];
      s.registerPreTrackCallback(pre);
      s.registerPreTrackCallback(pre)();
      s.registerPostTrackCallback(post);
      s.registerPostTrackCallback(post)();
      s.registerPostTrackCallback(spy("another"));
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["another"]);
  });

  test("leaves the callback free to be registered again, at the end of the order", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      const first = spy("first");
      const unregister = s.registerPostTrackCallback(first);
      s.registerPostTrackCallback(spy("second"));
      unregister();
      s.registerPostTrackCallback(first);
      unregister();
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["second", "first"]);
  });

  test("removes the registration for hits in flight as well", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      const unregister = s.registerPostTrackCallback(spy("post"));
      s.t();
      unregister();
      return s.outcome();
    });
    assert.deepEqual(await called(), []);
  });

  test("can be called by the callback itself or by another one while they run", async (t) => {
    const { run, called } = await openPage(t);
    await run(async ({ s, spy }) => {
      const unregisterFirst = s.registerPostTrackCallback(() => {
        spy("first")();
        unregisterFirst();
        unregisterThird();
      });
      s.registerPostTrackCallback(spy("second"));
      const unregisterThird = s.registerPostTrackCallback(spy("third"));
      s.registerPostTrackCallback(spy("fourth"));
      s.t();
      await s.outcome();
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["first", "second", "fourth", "second", "fourth"]);
  });

  test("releases the callback for garbage collection", { skip: cannotCollect }, async (t) => {
    const { page, run, called } = await openPage(t);
    await run(async ({ s, spy }) => {
      const functions = [];
      for (let view = 0; view < 100; view++) {
        const post = spy(`view ${view}`);
        functions.push(new WeakRef(post));
        s.registerPostTrackCallback(post)();
      }
      Object.assign(globalThis, { functions });
      s.registerPostTrackCallback(spy("last"));
      s.t();
      await s.outcome();
    });
    await page.requestGC();
    const kept = await page.evaluate(() =>
      /** @type {any} */ (globalThis).functions.filter((/** @type {WeakRef<Function>} */ f) => f.deref()),
    );
    assert.equal(kept.length, 0);
    assert.deepEqual(await called(), ["last"]);
  });
});
