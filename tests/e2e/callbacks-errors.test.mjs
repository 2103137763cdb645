// Contract C4: callbacks that are not functions, and callbacks that throw.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

const registrations = /** @type {const} */ ([
  "registerPreTrackCallback",
  "registerPostTrackCallback",
  "registerTrackFailureCallback",
]);

describe("C4: a callback that is not a function", { concurrency: 3 }, () => {
  for (const method of registrations) {
    test(`is ignored by ${method}; the function that it returns does nothing`, async (t) => {
      const { page, run, logged, arrived } = await openPage(t);
      const kinds = await page.evaluate((method) => {
        const { s } = /** @type {any} */ (globalThis);
        return [undefined, null, 0, "log(1)", {}, [], true].map((value) => {
          const unregister = s[method](value, "param1");
          unregister();
          return typeof unregister;
        });
      }, method);
      assert.deepEqual(new Set(kinds), new Set(["function"]));
      const none = await page.evaluate(
        (method) => typeof (/** @type {any} */ (globalThis).s[method]()),
        method,
      );
      assert.equal(none, "function");
      await run(({ s }) => {
        s.pageName = "sent anyway";
        s.t();
        return s.outcome();
      });
      assert.deepEqual(arrived(), ["sent anyway"]);
      assert.deepEqual(logged(), []);
    });

    test(`is reported on the console once by ${method} with debugTracking`, async (t) => {
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

  test("does not affect other registrations when it is unregistered", async (t) => {
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

describe("C4: a callback that throws", { concurrency: 3 }, () => {
  test("stops neither other callbacks nor the tracker; its error is on the console", async (t) => {
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

  test("has its error on the console with debugTracking as well", async (t) => {
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

  test("can throw a value of any type", async (t) => {
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

  test("does not stop other failure callbacks", async (t) => {
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

  test("does not change the outcome", async (t) => {
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
