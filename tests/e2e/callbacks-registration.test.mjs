// The contract for callbacks, 4 and 5: what may be registered, what throws, what is registered twice or taken back.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

const registrations = /** @type {const} */ ([
  "registerPreTrackCallback",
  "registerPostTrackCallback",
  "registerTrackFailureCallback",
]);

describe("something that is not a function", { concurrency: 3 }, () => {
  for (const method of registrations) {
    test(`is ignored by ${method}, and what it gives back does nothing`, async (t) => {
      const { page, run, logged, arrived } = await openPage(t);
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
      assert.deepEqual(arrived(), ["sent all the same"]);
      assert.deepEqual(logged(), []);
    });

    test(`makes ${method} say so once, with debugTracking`, async (t) => {
      const { page, logged } = await openPage(t);
      await page.evaluate((method) => {
        const { s } = /** @type {any} */ (globalThis);
        s.debugTracking = true;
        s[method]("not a function");
      }, method);
      assert.equal(logged().length, 1);
      assert.match(logged()[0] ?? "", new RegExp(method));
    });
  }

  test("gives back a function that takes no other registration back", async (t) => {
    const { page, run, called } = await openPage(t);
    await run(({ s, spy }) => {
      s.registerPreTrackCallback(spy("pre"));
      s.registerPostTrackCallback(spy("post"));
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
    const { run, called, arrived, logged } = await openPage(t);
    await run(async ({ s, spy }) => {
      const fail = (/** @type {string} */ name) => () => {
        spy(name)();
        throw new Error(`${name} is broken`);
      };
      s.registerPreTrackCallback(fail("pre 1"));
      s.registerPreTrackCallback(spy("pre 2"));
      s.registerPostTrackCallback(fail("post 1"));
      s.registerPostTrackCallback(spy("post 2"));
      s.pageName = "one";
      s.t();
      await s.outcome();
      s.pageName = "two";
      s.t();
      return s.outcome();
    });
    assert.deepEqual(arrived(), ["one", "two"]);
    const round = ["pre 1", "pre 2", "post 1", "post 2"];
    assert.deepEqual(await called(), [...round, ...round]);
    const errors = logged("error");
    assert.equal(errors.length, 4);
    for (const [i, name] of ["pre 1", "post 1", "pre 1", "post 1"].entries())
      assert.match(errors[i] ?? "", new RegExp(`${name} is broken`));
  });

  test("has its error on the console with debugTracking too", async (t) => {
    const { run, logged } = await openPage(t);
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
    assert.equal(logged().filter((line) => line.includes("pre is broken")).length, 1);
    assert.equal(logged().filter((line) => line.includes("post is broken")).length, 1);
  });

  test("may throw anything at all", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      for (const thrown of [undefined, null, "text", 0, {}, Symbol("s"), Object.create(null)]) {
        const fail = () => {
          throw thrown;
        };
        s.registerPreTrackCallback(fail);
        s.registerPostTrackCallback(fail);
      }
      s.registerPostTrackCallback(spy("post"));
      s.debugTracking = true;
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["post"]);
  });

  test("when a hit is given up: the other failure callbacks run", async (t) => {
    const { run, called, fastForward } = await openPage(t, { plan: "500", fakeTime: true });
    await fastForward(
      run(({ s, spy }) => {
        s.registerTrackFailureCallback(() => {
          throw new Error("broken");
        });
        s.registerTrackFailureCallback(spy("failure"));
        s.t();
        return s.outcome();
      }),
    );
    assert.deepEqual(await called(), ["failure"]);
  });

  test("leaves the outcome as it is", async (t) => {
    const { run } = await openPage(t);
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

  test("the same function with other arguments, or fewer, or another object, is a registration of its own", async (t) => {
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

  test("before and after are two things", async (t) => {
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

  test("with another tracker is a registration of its own: it hears of that tracker's hits only", async (t) => {
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

  test("with one tracker says nothing of the hits of another", async (t) => {
    const { run, called, arrived } = await openPage(t);
    await run(async ({ s, s_gi, spy }) => {
      const other = s_gi("other");
      other.trackingServer = s.trackingServer;
      s.registerPreTrackCallback(spy("pre"));
      s.registerPostTrackCallback(spy("post"));
      other.registerPreTrackCallback(spy("the other's pre"));
      other.registerPostTrackCallback(spy("the other's post"));
      s.pageName = "one";
      s.t();
      await s.outcome();
      other.pageName = "two";
      other.t();
      return other.outcome();
    });
    assert.deepEqual(arrived(), ["one", "two"]);
    assert.deepEqual(await called(), ["pre", "post", "the other's pre", "the other's post"]);
  });
});

describe("a registration taken back", { concurrency: 3 }, () => {
  test("is gone, the others stay; taking it back again does nothing", async (t) => {
    const { run, called } = await openPage(t);
    await run(async ({ s, spy }) => {
      const takePreBack = s.registerPreTrackCallback(spy("pre 1"));
      s.registerPreTrackCallback(spy("pre 2"));
      const takePostBack = s.registerPostTrackCallback(spy("post 1"));
      s.registerPostTrackCallback(spy("post 2"));
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

  test("may be made again: it then stands at the end", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      const first = spy("first");
      const takeBack = s.registerPostTrackCallback(first);
      s.registerPostTrackCallback(spy("second"));
      takeBack();
      s.registerPostTrackCallback(first);
      takeBack();
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["second", "first"]);
  });

  test("is not called for a hit that is on its way", async (t) => {
    const { run, called } = await openPage(t);
    await run(({ s, spy }) => {
      const takeBack = s.registerPostTrackCallback(spy("post"));
      s.t();
      takeBack();
      return s.outcome();
    });
    assert.deepEqual(await called(), []);
  });

  test("may be taken back by itself or by another callback, while they run", async (t) => {
    const { run, called } = await openPage(t);
    await run(async ({ s, spy }) => {
      const takeFirstBack = s.registerPostTrackCallback(() => {
        spy("first")();
        takeFirstBack();
        takeThirdBack();
      });
      s.registerPostTrackCallback(spy("second"));
      const takeThirdBack = s.registerPostTrackCallback(spy("third"));
      s.registerPostTrackCallback(spy("fourth"));
      s.t();
      await s.outcome();
      s.t();
      return s.outcome();
    });
    assert.deepEqual(await called(), ["first", "second", "fourth", "second", "fourth"]);
  });

  test("lets the function go, as a page that registers at each of its views needs", async (t) => {
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
