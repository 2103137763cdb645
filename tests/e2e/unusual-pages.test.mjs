// Contract D5: pages that are loaded in unusual ways: prerendered, in a sandboxed frame, or not yet parsed.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage, parametersOf } from "../support/fixture.mjs";
import { htmlPage, scriptTag } from "../support/pages.mjs";
import { openPrerendered } from "../support/prerender.mjs";

/** @typedef {import("../support/fixture.mjs").Globals} Globals */

describe("D5: pages that are loaded in unusual ways", { concurrency: 2 }, () => {
  test("a prerendered page sends nothing until the visitor opens it", { timeout: 60_000 }, async (t) => {
    const tab = await openPrerendered(
      t,
      `var s = s_gi("suite");
      s.trackingServer = "127.0.0.1:PORT";
      s.pageName = "next page";
      s.eVar1 = "as it was called";
      s.t();
      s.eVar1 = "set later";`,
    );
    // The page has made another request since t().
    assert.deepEqual(tab.collector.hits, []);
    tab.show();
    const { pageName, v1 } = parametersOf(await tab.collector.waitFor(() => true));
    assert.deepEqual({ pageName, v1 }, { pageName: "next page", v1: "as it was called" });
  });

  for (const [what, source] of Object.entries({
    "its own URL": 'src="/PORT/frame"',
    srcdoc: `srcdoc='${scriptTag}<script>
        var s = s_gi("suite"), globals = { s };
        s.trackingServer = "127.0.0.1:PORT";
      </script><body></body>'`,
  })) {
    test(`a sandboxed frame with ${what} sends hits, without cookies, and nothing throws`, async (t) => {
      const tab = await openPage(t, {
        html: htmlPage(`<body><iframe sandbox="allow-scripts" ${source}></iframe>`),
      });
      const frame = tab.page.frames()[1];
      assert.ok(frame);
      const outcomes = await frame.evaluate(
        `(${async (/** @type {Globals} */ { s }) => {
          Object.assign(s, { trackOffline: true, trackExternalLinks: true, usePlugins: true });
          s.writeSecureCookies = true;
          s.pageName = "in a frame";
          s.t();
          const view = await s.outcome();
          const link = document.body.appendChild(document.createElement("a"));
          link.href = "https://elsewhere.example/";
          link.textContent = "Elsewhere";
          link.onclick = () => false;
          link.click();
          const exit = await s.outcome();
          s.bufferRequests();
          s.pageName = "after the buffer";
          s.t();
          s.bufferRequests(false);
          return [view, exit, await s.outcome()].map(({ status }) => status);
        }})(globals)`,
      );
      assert.deepEqual(outcomes, ["delivered", "queued", "delivered"]);
      await tab.collector.waitFor(() => tab.collector.hits.length === 3);
      const sent = tab.collector.hits.map(parametersOf).map(({ pev1, pageName }) => pev1 ?? pageName);
      assert.deepEqual(sent.toSorted(), ["after the buffer", "https://elsewhere.example/", "in a frame"]);
      assert.equal(parametersOf(tab.collector.hits[0]).k, "N");
      assert.deepEqual(tab.logged("error"), []);
    });
  }

  test("t() in the head sends before there is a document.body", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`${scriptTag}<script>
        var s = s_gi("suite");
        s.trackingServer = "127.0.0.1:PORT";
        s.pageName = document.body ? "there is a body" : "no body yet";
        s.ActivityMap.trackScrollReach = true;
        s.t();
        const sent = s.outcome();
      </script><body>`),
    });
    assert.equal(await tab.page.evaluate("sent.then(({ status }) => status)"), "delivered");
    assert.deepEqual(tab.arrived(), ["no body yet"]);
  });

  const saysOffline =
    'window.onLine = false; Object.defineProperty(navigator, "onLine", { get: () => window.onLine });';

  test("a browser that says it is offline though it is not sends hits, also after its tab was hidden", async (t) => {
    const tab = await openPage(t, { before: saysOffline });
    const statuses = await tab.run(async ({ s }) => {
      const statuses = [];
      for (const hidden of [false, true, false]) {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
        if (hidden) continue;
        s.t();
        statuses.push((await s.outcome()).status);
      }
      return statuses;
    });
    assert.deepEqual(statuses, ["delivered", "delivered"]);
    assert.equal(tab.collector.hits.length, 2);
  });

  test("a page that is loaded offline tries one request, and sends its hits when the browser is online", async (t) => {
    const tab = await openPage(t, { before: saysOffline, plan: ["500", "ok"] });
    const failed = tab.page.waitForEvent("requestfinished");
    await tab.run(({ s }) => {
      s.t({ pageName: "first" });
      s.t({ pageName: "second" });
    });
    await failed;
    await tab.roundTrip();
    assert.deepEqual(tab.arrived(), ["first"]);
    await tab.page.evaluate('onLine = true; void dispatchEvent(new Event("online"))');
    await tab.settle();
    assert.deepEqual(tab.arrived(), ["first", "first", "second"]);
  });
});
