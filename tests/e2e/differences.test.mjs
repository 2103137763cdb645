// Differences from AppMeasurement that no recorded scenario shows, and pages that make it hard for a tracker.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { others, readRows, recorded } from "../support/differences.mjs";
import { openPage, pageName, parametersOf } from "../support/fixture.mjs";
import { htmlPage, scriptTag } from "../support/pages.mjs";
import { openPrerendered } from "../support/prerender.mjs";

/** @typedef {import("../support/fixture.mjs").Globals} Globals */

test("README's table of differences names each of them, and nothing else", () => {
  const rows = readRows();
  assert.deepEqual(rows.toSorted(), [...new Set([...Object.values(recorded), ...others])].toSorted());
});

describe("callbacks", { concurrency: 2 }, () => {
  test("a function that page and tag manager both register, with the same arguments, runs once a hit", async (t) => {
    const { run, calls, collector } = await openPage(t);
    await run(({ s, spy }) => {
      const post = spy("post");
      s.registerPostTrackCallback(post, "param1", "param2");
      s.registerPostTrackCallback(post, "param1", "param2");
      s.registerPostTrackCallback(post, "param1");
      s.t();
      return s.outcome();
    });
    assert.equal(collector.hits.length, 1);
    assert.deepEqual(
      (await calls()).map(([, , ...params]) => params),
      [["param1", "param2"], ["param1"]],
    );
  });

  test("a callback that tracks: its hit arrives, and that is all", async (t) => {
    const { run, called, collector, arrived } = await openPage(t);
    await run(({ s, spy }) => {
      const echo = spy("echo");
      s.registerPostTrackCallback(() => {
        echo();
        s.tl(true, "o", "echo");
      });
      s.pageName = "page";
      s.t();
    });
    await collector.waitFor((hit) => pageName(hit) === "echo");
    // A loop would send another echo before this hit, which waits for its turn.
    await run(({ s }) => s.outcome());
    await run(({ s }) => {
      s.useBeacon = true;
      s.pageName = "end";
      s.t();
    });
    await collector.waitFor(() => arrived().filter((name) => name === "echo").length === 2);
    assert.deepEqual(arrived().toSorted(), ["echo", "echo", "end", "page"]);
    assert.deepEqual(await called(), ["echo", "echo"]);
  });
});

describe("two at a time", { concurrency: 2 }, () => {
  test("two tabs that find the same stored hits send each of them once", {}, async (t) => {
    const { page, context, address, run, collector, arrived } = await openPage(t);
    await run(({ s }) => {
      s.trackOffline = true;
      s.forceOffline();
      for (const name of ["one", "two", "three"]) {
        s.pageName = name;
        s.t();
      }
    });
    await page.close();
    const tabs = [await context.newPage(), await context.newPage()];
    for (const [number, tab] of tabs.entries()) {
      await tab.goto(address);
      await tab.evaluate(`s.trackOffline = true; s.forceOffline(); s.pageName = "tab ${number}"; s.t()`);
    }
    assert.deepEqual(arrived(), []);
    await Promise.all(tabs.map((tab) => tab.evaluate("s.forceOnline(); s.outcome()")));
    await collector.waitFor(() => collector.hits.length >= 5);
    assert.deepEqual(arrived().toSorted(), ["one", "tab 0", "tab 1", "three", "two"]);
    assert.doesNotMatch(`${await tabs[0]?.evaluate("JSON.stringify(localStorage)")}`, /pageName/);
  });

  test("two trackers for one suite send an exit click once, those of two suites once each", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`${scriptTag}<script>
        const trackers = ["one", "one", "two"].map((suite) => {
          const s = new AppMeasurement(suite);
          s.trackingServer = "127.0.0.1:PORT";
          s.trackExternalLinks = true;
          s.linkInternalFilters = "localhost";
          return s;
        });
        addEventListener("click", (event) => event.preventDefault());
      </script><body><a id="exit" href="https://elsewhere.example/">Elsewhere</a>`),
    });
    await tab.page.click("#exit");
    const statuses = await tab.page.evaluate(
      "Promise.all(trackers.map((s) => s.outcome().then(({ status }) => status)))",
    );
    assert.deepEqual(statuses, ["queued", "ignored", "queued"]);
    await tab.collector.waitFor(({ url }) => url.startsWith("/b/ss/two/"));
    await tab.collector.waitFor(({ url }) => url.startsWith("/b/ss/one/"));
    const suites = tab.collector.hits.map(({ url }) => url.split("/")[3]);
    assert.deepEqual(suites.toSorted(), ["one", "two"]);
    assert.equal(parametersOf(tab.collector.hits[0]).pev1, "https://elsewhere.example/");
  });

  test("two clicks on a link within ten seconds are sent once, however old the page is", {}, async (t) => {
    const tab = await openPage(t, {
      before: "const real = performance.now.bind(performance); performance.now = () => real() + 60_000;",
      html: htmlPage(`${scriptTag}<script>
        var s = s_gi("suite");
        s.trackingServer = "127.0.0.1:PORT";
        s.trackDownloadLinks = true;
        addEventListener("click", (event) => event.preventDefault());
      </script><body><a id="list" href="/list.pdf">List</a>`),
    });
    await tab.page.click("#list", { clickCount: 2 });
    await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_d"));
    await tab.page.evaluate("s.pageName = 'end'; s.t(); s.outcome()");
    assert.deepEqual(
      tab.collector.hits.map((hit) => parametersOf(hit).pe),
      ["lnk_d", undefined],
    );
  });

  test("two copies of the script: their suite has one tracker, and an exit click is sent once", {}, async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`${scriptTag}<script>
        var s = s_gi("suite");
        s.trackingServer = "127.0.0.1:PORT";
        s.trackExternalLinks = true;
        s.pageName = "set before the second copy";
        const first = s;
        addEventListener("click", (event) => event.preventDefault());
      </script>${scriptTag}<script>
        s = s_gi("suite");
        s.trackingServer = "127.0.0.1:PORT";
        s.trackExternalLinks = true;
        s.t();
      </script><body><a id="exit" href="https://elsewhere.example/">Elsewhere</a>`),
    });
    await tab.page.evaluate("s.outcome()");
    assert.deepEqual(tab.arrived(), ["set before the second copy"]);
    assert.equal(await tab.page.evaluate("s === first"), true);
    await tab.page.click("#exit");
    await tab.page.evaluate("s.outcome()");
    await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_e"));
    await tab.page.evaluate("s.useBeacon = true; s.pageName = 'end'; s.t()");
    await tab.collector.waitFor((hit) => pageName(hit) === "end");
    assert.equal(tab.collector.hits.length, 3);
  });
});

describe("a page that is not shown like others", { concurrency: 2 }, () => {
  test("prerendered: nothing is sent until the visitor sees it", { timeout: 60_000 }, async (t) => {
    const tab = await openPrerendered(
      t,
      `var s = s_gi("suite");
      s.trackingServer = "127.0.0.1:PORT";
      s.pageName = "next page";
      s.eVar1 = "as it was called";
      s.t();
      s.eVar1 = "set later";`,
    );
    assert.deepEqual(tab.collector.hits, []);
    tab.show();
    const { pageName, v1 } = parametersOf(await tab.collector.waitFor(() => true));
    assert.deepEqual({ pageName, v1 }, { pageName: "next page", v1: "as it was called" });
  });

  for (const [what, source] of Object.entries({
    "an address of its own": 'src="/PORT/frame"',
    "its text in srcdoc": `srcdoc='${scriptTag}<script>
        var s = s_gi("suite"), globals = { s };
        s.trackingServer = "127.0.0.1:PORT";
      </script><body></body>'`,
  })) {
    test(`a sandboxed frame with ${what}: hits are sent, without cookies, and nothing throws`, async (t) => {
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
          s.pageName = "behind the buffer";
          s.t();
          s.bufferRequests(false);
          return [view, exit, await s.outcome()].map(({ status }) => status);
        }})(globals)`,
      );
      assert.deepEqual(outcomes, ["delivered", "queued", "delivered"]);
      await tab.collector.waitFor(() => tab.collector.hits.length === 3);
      const sent = tab.collector.hits.map(parametersOf).map(({ pev1, pageName }) => pev1 ?? pageName);
      assert.deepEqual(sent.toSorted(), ["behind the buffer", "https://elsewhere.example/", "in a frame"]);
      assert.equal(parametersOf(tab.collector.hits[0]).k, "N");
      assert.deepEqual(tab.logged("error"), []);
    });
  }

  test("without a body yet: t() in the head sends", async (t) => {
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
});

describe("links in open shadow roots", { concurrency: 2 }, () => {
  const page = `${scriptTag}<script>
    var s = s_gi("suite");
    s.trackingServer = "127.0.0.1:PORT";
    s.trackExternalLinks = s.trackDownloadLinks = true;
    addEventListener("click", (event) => event.preventDefault());
    for (const [name, html] of Object.entries({
      "outer-part": "<div id=frame><inner-part></inner-part></div>",
      "inner-part": "<a href='https://elsewhere.example/'>Else<b id=inner>where</b></a>",
      "download-button": "<a href='/list.pdf'><slot></slot></a>",
    })) {
      customElements.define(name, class extends HTMLElement {
        connectedCallback() {
          this.attachShadow({ mode: "open" }).innerHTML = html;
        }
      });
    }
  </script><body>`;

  test("in two of them, one in the other: the exit link is sent, with its region", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`${page}<main id="main"><outer-part></outer-part></main>`),
    });
    await tab.page.click("#inner");
    const exit = parametersOf(await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_e")));
    assert.equal(exit.pev1, "https://elsewhere.example/");
    assert.deepEqual([exit.link, exit.region], ["Elsewhere", "frame"]);
  });

  test("around text that the page has put in: the download is sent", async (t) => {
    const tab = await openPage(t, { html: htmlPage(`${page}<download-button>Price list</download-button>`) });
    await tab.page.click("download-button");
    const download = parametersOf(await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_d")));
    assert.match(download.pev1 ?? "", /list\.pdf$/);
  });

  test("around an element that the page has put in: the download is sent", {}, async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`${page}<download-button><b>Price list</b></download-button>`),
    });
    await tab.page.click("b");
    const download = parametersOf(await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_d"), 3000));
    assert.match(download.pev1 ?? "", /list\.pdf$/);
  });
});

describe("pages that make it hard", { concurrency: 2 }, () => {
  test("a polluted Object.prototype: nothing of it is sent, and nothing of the page is lost", async (t) => {
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

  test("getters that throw: only their variables are missing", async (t) => {
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

  test("a getter that throws, and a hit that waits for the page to be shown: it is sent", {}, async (t) => {
    const { run, collector } = await openPage(t, {
      before: 'Object.defineProperty(document, "prerendering", { value: true, configurable: true });',
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
      Object.defineProperty(document, "prerendering", { value: false });
      document.dispatchEvent(new Event("prerenderingchange"));
    });
    const hit = await collector.waitFor(() => true, 3000);
    assert.equal(pageName(hit), "Home");
  });

  test("services that throw: each is logged, and the hits are sent", {}, async (t) => {
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

  test("setters and getters of settings that throw: nothing reaches the page, and the hits are sent", {}, async (t) => {
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

  test("NUL in values and names: sent as %00, nothing else is touched", async (t) => {
    const { run, collector } = await openPage(t);
    await run(async ({ s }) => {
      s.pageName = "a\0b\x01c\x010d";
      s.eVar1 = "\0";
      s.contextData = { "na\0me": "val\0ue", next: "42" };
      s.prop2 = "behind";
      s.t({ prop1: "over\0ride" });
      await s.outcome();
      s.tl(true, "o", "link\0name", { linkURL: "https://elsewhere.example/\0x" });
      return s.outcome();
    });
    const [view = "", link = ""] = collector.hits.map(({ url }) => url);
    for (const part of [
      "&pageName=a%00b%01c%010d&",
      "&na%00me=val%00ue&next=42&",
      "&c1=over%00ride&v1=%00&c2=behind&",
    ])
      assert.ok(view.includes(part), `${part} is in ${view}`);
    assert.match(link, /&pev1=https%3A%2F%2Felsewhere.example%2F%00x&pev2=link%00name&/);
  });
});
