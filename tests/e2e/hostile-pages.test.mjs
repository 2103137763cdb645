// Contract D5: a page never notices the tracker, and a hit is not lost because a script of the page is broken.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage, pageName, parametersOf } from "../support/fixture.mjs";
import { simulatePrerendering } from "../support/pages.mjs";

describe("D5: pages with broken or hostile scripts", { concurrency: 2 }, () => {
  test("a polluted Object.prototype is not sent, and the page's variables are", async (t) => {
    const { run, collector } = await openPage(t, {
      before: `Object.assign(Object.prototype, { each() {}, eVar9: "polluted", id: "polluted" });
        Array.prototype.last = function () { return this[this.length - 1]; };`,
    });
    const outcome = await run(({ s }) => {
      s.pageName = "Home";
      s.contextData.size = "42";
      s.t({ prop1: "override" });
      return s.outcome();
    });
    assert.equal(outcome.status, "delivered");
    const { url } = /** @type {import("../support/fixture.mjs").Hit} */ (collector.hits[0]);
    assert.doesNotMatch(url, /polluted|each/);
    const { pageName, size, c1 } = parametersOf(collector.hits[0]);
    assert.deepEqual({ pageName, size, c1 }, { pageName: "Home", size: "42", c1: "override" });
  });

  test("a variable is sent although Object.prototype has one of its name", async (t) => {
    const { run, collector } = await openPage(t, { before: `Object.prototype.eVar9 = "polluted";` });
    await run(({ s }) => {
      s.eVar9 = "own";
      s.t();
      return s.outcome();
    });
    assert.equal(parametersOf(collector.hits[0]).v9, "own");
  });

  test("a hit that is dropped before it was stored takes nothing of the page's out of storage", async (t) => {
    const { run, logged } = await openPage(t, { plan: "hang" });
    const kept = await run(async ({ s }) => {
      localStorage.setItem("", '["of the page"]');
      s.maxHitsPer10Seconds = 1e6;
      const dropped = new Promise((resolve) => s.registerTrackFailureCallback(resolve));
      for (let hit = 0; hit <= 1001; hit++) s.t();
      await dropped;
      // The last lock of the claim is free again when nothing more can happen to storage.
      const { held = [], pending = [] } = await navigator.locks.query();
      for (const { name = "" } of [...held, ...pending]) await navigator.locks.request(name, () => {});
      return localStorage.getItem("");
    });
    assert.equal(kept, '["of the page"]');
    assert.ok(logged().includes("afterhit: too many hits wait, the oldest is dropped"));
  });

  test("a getter that throws leaves out its variable and nothing else", async (t) => {
    const { run, collector, logged } = await openPage(t);
    await run(({ s }) => {
      const trap = {
        enumerable: true,
        get() {
          throw new Error("a getter of the page");
        },
      };
      Object.defineProperty(s, "eVar5", trap);
      Object.defineProperty(s.contextData, "trap", trap);
      s.contextData.size = "42";
      Object.assign(s, { eVar6: { toString: trap.get } });
      s.pageName = "Home";
      s.t(Object.defineProperty({ prop1: "override" }, "prop2", trap));
      return s.outcome();
    });
    const { pageName, size, c1, v5 } = parametersOf(collector.hits[0]);
    assert.deepEqual(
      { pageName, size, c1, v5 },
      { pageName: "Home", size: "42", c1: "override", v5: undefined },
    );
    assert.deepEqual(logged("error"), []);
  });

  test("a getter that throws does not stop a hit that waits for a prerendered page", async (t) => {
    const { page, run, collector } = await openPage(t, {
      before: simulatePrerendering,
    });
    await run(({ s }) => {
      Object.defineProperty(s, "eVar5", {
        enumerable: true,
        get() {
          throw new Error("a getter of the page");
        },
      });
      s.pageName = "Home";
      s.t();
    });
    await page.evaluate("showPage()");
    const hit = await collector.waitFor(() => true);
    assert.equal(pageName(hit), "Home");
  });

  test("services that throw are reported on the console, and hits are sent", async (t) => {
    const { run, collector, logged } = await openPage(t);
    await run(async ({ s }) => {
      /** @param {string} what */
      const failing = (what) => () => {
        throw new Error(what);
      };
      Object.assign(window, {
        AppMeasurement_Module_Failing: class {
          _t = failing("a module");
        },
      });
      s.visitor = { isAllowed: () => true, getCustomerIDs: failing("customer ids") };
      s.AudienceManagement = { isReady: failing("an audience service") };
      s.loadModule("Failing");
      for (const name of ["Home", "Next"]) {
        s.pageName = name;
        s.t();
        await s.outcome();
      }
    });
    assert.deepEqual(collector.hits.map(pageName), ["Home", "Next"]);
    for (const what of ["a module", "customer ids", "an audience service"]) {
      assert.ok(logged("error").some((line) => line.includes(what)));
    }
  });

  test("setters and getters of settings that throw do not reach the page, and hits are sent", async (t) => {
    const { run, collector } = await openPage(t);
    await run(async ({ s }) => {
      const fail = () => {
        throw new Error("a property of the page");
      };
      Object.defineProperty(s, "linkType", { enumerable: true, get: () => "o", set: fail });
      s.tl(true, "o", "a link");
      await s.outcome();
      for (const name of ["trackOffline", "debugTracking", "collectHighEntropyUserAgentHints"])
        Object.defineProperty(s, name, { enumerable: true, get: fail });
      s.tl(true, "o", "another");
      return s.outcome();
    });
    assert.deepEqual(
      collector.hits.map((hit) => parametersOf(hit).pev2),
      ["a link", "another"],
    );
  });

  test("NUL in values and names is sent as %00", async (t) => {
    const { run, collector } = await openPage(t);
    await run(async ({ s }) => {
      s.pageName = "a\0b\x01c\x010d";
      s.eVar1 = "\0";
      s.contextData = { "na\0me": "val\0ue", next: "42" };
      s.prop2 = "after";
      s.t({ prop1: "over\0ride" });
      await s.outcome();
      s.tl(true, "o", "link\0name", { linkURL: "https://elsewhere.example/\0x" });
      return s.outcome();
    });
    const [view = "", link = ""] = collector.hits.map(({ url }) => url);
    for (const part of [
      "&pageName=a%00b%01c%010d&",
      "&na%00me=val%00ue&next=42&",
      "&c1=over%00ride&v1=%00&c2=after&",
    ])
      assert.ok(view.includes(part), `${part} is in ${view}`);
    assert.match(link, /&pev1=https%3A%2F%2Felsewhere.example%2F%00x&pev2=link%00name&/);
  });

  test("s.Util functions report arguments that they cannot read on the console, and do not throw", async (t) => {
    const { run, logged } = await openPage(t);
    const returned = await run(({ s }) => {
      const { Util } = s;
      const bad = /** @type {any} */ (Symbol("bad"));
      return [
        Util.cookieRead(bad),
        Util.cookieWrite(bad, bad),
        Util.cookieWrite("cookie", "value", /** @type {any} */ (10n)),
        Util.urlEncode(bad),
        Util.urlDecode(bad),
        Util.getQueryParam(bad),
      ];
    });
    assert.deepEqual(returned, new Array(6).fill(undefined));
    assert.equal(logged("error").length, 6);
  });

  test("the second argument of t() cannot throw into the page or cost the hit, whatever it holds", async (t) => {
    const { run, arrived, collector } = await openPage(t, {});
    await run(async ({ s }) => {
      s.contextData = { key: "value" };
      s.pageName = "sent";
      /** @type {any} */ (s).t({}, { contextData: "text" });
      await s.outcome();
    });
    await collector.waitFor(() => true);
    assert.deepEqual(arrived(), ["sent"]);
  });
});
