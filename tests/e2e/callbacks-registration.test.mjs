// The contract for callbacks, 4 and 5: what may be registered, what throws, what is registered twice or taken back.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openTracked } from "../support/tracked.mjs";

const registrations = /** @type {const} */ ([
  "registerPreTrackCallback",
  "registerPostTrackCallback",
  "registerTrackFailureCallback",
]);

describe("something that is not a function", { concurrency: 3 }, () => {
  for (const method of registrations) {
    test(`is ignored by ${method}, and what it gives back does nothing`, async (t) => {
      const { page, run, said, pages } = await openTracked(t);
      const kinds = await page.evaluate((method) => {
        const { s } = /** @type {any} */ (globalThis);
        return [undefined, null, 0, "log(1)", {}, [], true].map((value) => {
          const takeBack = s[method](value, "param1");
          takeBack();
          return typeof takeBack;
        });
      }, method);
      assert.deepEqual(new Set(kinds), new Set(["function"]));
      const none = await page.evaluate(
        (method) => typeof (/** @type {any} */ (globalThis).s[method]()),
        method,
      );
      assert.equal(none, "function");
      await run(({ s }) => {
        s.pageName = "sent all the same";
        s.t();
        return s.outcome();
      });
      assert.deepEqual(pages(), ["sent all the same"]);
      assert.deepEqual(said(), []);
    });

    test(`makes ${method} say so once, with debugTracking`, async (t) => {
      const { page, said } = await openTracked(t);
      await page.evaluate((method) => {
        const { s } = /** @type {any} */ (globalThis);
        s.debugTracking = true;
        s[method]("not a function");
      }, method);
      assert.equal(said().length, 1);
      assert.match(said()[0] ?? "", new RegExp(method));
    });
  }

  test("gives back a function that takes no other registration back", async (t) => {
    const { page, run, called } = await openTracked(t);
    await run(({ s, note }) => {
      s.registerPreTrackCallback(note("pre"));
      s.registerPostTrackCallback(note("post"));
    });
    await page.evaluate((methods) => {
      const { s } = /** @type {any} */ (globalThis);
      for (const method of methods) s[method]("not a function")();
    }, registrations);
    await run(({ s }) => {
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["pre", "post"]);
  });
});

describe("a callback that throws", { concurrency: 3 }, () => {
  test("stops neither the others nor the tracker, and its error is shown on the console", async (t) => {
    const { run, called, pages, said } = await openTracked(t);
    await run(async ({ s, note }) => {
      const fail = (/** @type {string} */ name) => () => {
        note(name)();
        throw new Error(`${name} is broken`);
      };
      s.registerPreTrackCallback(fail("pre 1"));
      s.registerPreTrackCallback(note("pre 2"));
      s.registerPostTrackCallback(fail("post 1"));
      s.registerPostTrackCallback(note("post 2"));
      s.pageName = "one";
      s.t();
      await s.outcome();
      s.pageName = "two";
      s.t();
      return s.outcome();
    });
    assert.deepEqual(pages(), ["one", "two"]);
    const round = ["pre 1", "pre 2", "post 1", "post 2"];
    assert.deepEqual(await called(), [...round, ...round]);
    const errors = said("error");
    assert.equal(errors.length, 4);
    for (const [i, name] of ["pre 1", "post 1", "pre 1", "post 1"].entries())
      assert.match(errors[i] ?? "", new RegExp(`${name} is broken`));
  });

  test("has its error on the console with debugTracking too", async (t) => {
    const { run, said } = await openTracked(t);
    await run(({ s }) => {
      s.debugTracking = true;
      s.registerPreTrackCallback(() => {
        throw new Error("pre is broken");
      });
      s.registerPostTrackCallback(() => {
        throw new Error("post is broken");
      });
      s.t();
      return s.outcome();
    });
    assert.equal(said().filter((line) => line.includes("pre is broken")).length, 1);
    assert.equal(said().filter((line) => line.includes("post is broken")).length, 1);
  });

  test("may throw anything at all", async (t) => {
    const { run, called } = await openTracked(t);
    await run(({ s, note }) => {
      for (const thrown of [undefined, null, "text", 0, {}, Symbol("s"), Object.create(null)]) {
        const fail = () => {
          throw thrown;
        };
        s.registerPreTrackCallback(fail);
        s.registerPostTrackCallback(fail);
      }
      s.registerPostTrackCallback(note("post"));
      s.debugTracking = true;
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["post"]);
  });

  test("when a hit is given up: the other failure callbacks run", async (t) => {
    const { run, called, fly } = await openTracked(t, { plan: "500", fakeTime: true });
    await fly(
      run(({ s, note }) => {
        s.registerTrackFailureCallback(() => {
          throw new Error("broken");
        });
        s.registerTrackFailureCallback(note("failure"));
        s.t();
        return s.outcome();
      }),
    );
    assert.deepEqual(await called(), ["failure"]);
  });

  test("leaves the outcome as it is", async (t) => {
    const { run } = await openTracked(t);
    const outcome = await run(({ s }) => {
      s.registerPostTrackCallback(() => {
        throw new Error("broken");
      });
      s.t();
      return s.outcome();
    });
    assert.equal(outcome.status, "delivered");
  });
});

describe("registering again", { concurrency: 3 }, () => {
  test("the same function with the same arguments is one registration", async (t) => {
    const { run, called } = await openTracked(t);
    await run(({ s, note }) => {
      const [pre, post, bag] = [note("pre"), note("post"), { any: "thing" }];
      for (let i = 0; i < 3; i++) {
        s.registerPreTrackCallback(pre);
        s.registerPostTrackCallback(post, "param1", bag, Number.NaN);
      }
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["pre", "post"]);
  });

  test("the same function with other arguments, or fewer, or another object, is a registration of its own", async (t) => {
    const { run, calls } = await openTracked(t);
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

  test("before and after are two things", async (t) => {
    const { run, called } = await openTracked(t);
    await run(({ s, note }) => {
      const both = note("both");
      s.registerPreTrackCallback(both);
      s.registerPostTrackCallback(both);
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["both", "both"]);
  });

  test("with another tracker is a registration of its own: it hears of that tracker's hits only", async (t) => {
    const { run, calls } = await openTracked(t);
    await run(async ({ s, s_gi, note, pageOf }) => {
      const other = s_gi("other");
      other.trackingServer = s.trackingServer;
      const post = note("post");
      const told = (/** @type {string} */ url) => post(pageOf(url), url.split("/")[5]);
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

  test("with one tracker says nothing of the hits of another", async (t) => {
    const { run, called, pages } = await openTracked(t);
    await run(async ({ s, s_gi, note }) => {
      const other = s_gi("other");
      other.trackingServer = s.trackingServer;
      s.registerPreTrackCallback(note("pre"));
      s.registerPostTrackCallback(note("post"));
      other.registerPreTrackCallback(note("the other's pre"));
      other.registerPostTrackCallback(note("the other's post"));
      s.pageName = "one";
      s.t();
      await s.outcome();
      other.pageName = "two";
      other.t();
      return other.outcome();
    });
    assert.deepEqual(pages(), ["one", "two"]);
    assert.deepEqual(await called(), ["pre", "post", "the other's pre", "the other's post"]);
  });
});

describe("a registration taken back", { concurrency: 3 }, () => {
  test("is gone, the others stay; taking it back again does nothing", async (t) => {
    const { run, called } = await openTracked(t);
    await run(async ({ s, note }) => {
      const takePreBack = s.registerPreTrackCallback(note("pre 1"));
      s.registerPreTrackCallback(note("pre 2"));
      const takePostBack = s.registerPostTrackCallback(note("post 1"));
      s.registerPostTrackCallback(note("post 2"));
      s.t();
      await s.outcome();
      for (let i = 0; i < 2; i++) {
        takePreBack();
        takePostBack();
      }
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["pre 1", "pre 2", "post 1", "post 2", "pre 2", "post 2"]);
  });

  test("is gone, whichever of its several registrations has given the function", async (t) => {
    const { run, called } = await openTracked(t);
    await run(({ s, note }) => {
      const [pre, post] = [note("pre"), note("post")];
      s.registerPreTrackCallback(pre);
      s.registerPreTrackCallback(pre)();
      s.registerPostTrackCallback(post);
      s.registerPostTrackCallback(post)();
      s.registerPostTrackCallback(note("another"));
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["another"]);
  });

  test("may be made again: it then stands at the end", async (t) => {
    const { run, called } = await openTracked(t);
    await run(({ s, note }) => {
      const first = note("first");
      const takeBack = s.registerPostTrackCallback(first);
      s.registerPostTrackCallback(note("second"));
      takeBack();
      s.registerPostTrackCallback(first);
      takeBack();
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["second", "first"]);
  });

  test("is not called for a hit that is on its way", async (t) => {
    const { run, called } = await openTracked(t);
    await run(({ s, note }) => {
      const takeBack = s.registerPostTrackCallback(note("post"));
      s.t();
      takeBack();
      return s.outcome();
    });
    assert.deepEqual(await called(), []);
  });

  test("may be taken back by itself or by another callback, while they run", async (t) => {
    const { run, called } = await openTracked(t);
    await run(async ({ s, note }) => {
      const takeFirstBack = s.registerPostTrackCallback(() => {
        note("first")();
        takeFirstBack();
        takeThirdBack();
      });
      s.registerPostTrackCallback(note("second"));
      const takeThirdBack = s.registerPostTrackCallback(note("third"));
      s.registerPostTrackCallback(note("fourth"));
      s.t();
      await s.outcome();
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["first", "second", "fourth", "second", "fourth"]);
  });

  test("lets the function go, as a page that registers at each of its views needs", async (t) => {
    const { page, run, called } = await openTracked(t);
    await run(async ({ s, note }) => {
      const functions = [];
      for (let view = 0; view < 100; view++) {
        const post = note(`view ${view}`);
        functions.push(new WeakRef(post));
        s.registerPostTrackCallback(post)();
      }
      Object.assign(globalThis, { functions });
      s.registerPostTrackCallback(note("last"));
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
