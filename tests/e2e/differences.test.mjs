// Deliberate differences from AppMeasurement that no recorded scenario shows. Others have files of their own; README.md of
// the tests lists them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { others, readRows, recorded } from "../support/differences.mjs";
import { openPage, pageName, parametersOf } from "../support/fixture.mjs";
import { htmlPage, scriptTag, trackingScripts } from "../support/pages.mjs";

test("README's table of differences has a row for each difference, and no other rows", () => {
  const rows = readRows();
  assert.deepEqual(rows.toSorted(), [...new Set([...Object.values(recorded), ...others])].toSorted());
});

describe("callbacks", { concurrency: 2 }, () => {
  test("a callback registered twice with the same arguments runs once for each hit", async (t) => {
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

  test("a tracking call inside a callback sends one hit and does not loop", async (t) => {
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
    // A loop would send another echo before the next page view.
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

describe("calls that wait, fail or are held back", { concurrency: 2 }, () => {
  test("the action behind a link waits for its own hit, not for one before it", async (t) => {
    const { run, called, arrived } = await openPage(t);
    await run(({ s, spy }) => {
      s.forcedLinkTrackingTimeout = 9000;
      s.registerPostTrackCallback(spy("post"));
      s.pageName = "page";
      s.t();
      s.pageName = "link";
      s.tl(true, "o", "link", undefined, spy("action"));
      return s.outcome();
    });
    assert.deepEqual(arrived(), ["page", "link"]);
    assert.deepEqual(await called(), ["post", "post", "action"]);
  });

  test("the action behind a link runs although hits are held back", async (t) => {
    const { run, called, arrived } = await openPage(t);
    await run(({ s, spy }) => {
      s.trackOffline = true;
      s.forceOffline();
      return new Promise((done) => {
        const action = spy("action");
        s.tl(true, "o", "link", undefined, () => done(action()));
      });
    });
    assert.deepEqual(await called(), ["action"]);
    assert.deepEqual(arrived(), []);
  });

  test("useBeacon, abort and the overrides of a call whose doPlugins throws do not outlive it", async (t) => {
    const { run, collector } = await openPage(t);
    const left = await run(({ s }) => {
      s.usePlugins = true;
      s.doPlugins = () => {
        s.doPlugins = undefined;
        throw new Error("own");
      };
      try {
        s.tl(true, "o", "link", { prop1: "override" });
      } catch {}
      s.useBeacon = true;
      s.t({ useBeacon: true });
      s.abort = true;
      s.t({ abort: true });
      return [s.prop1, s.linkType, s.useBeacon];
    });
    assert.deepEqual(left, [undefined, 0, 0]);
    await run(({ s }) => {
      s.t();
      return s.outcome();
    });
    await collector.waitFor(({ method }) => method === "POST");
    assert.deepEqual(collector.hits.map(({ method }) => method).toSorted(), ["GET", "POST"]);
    assert.doesNotMatch(collector.hits.map(({ url }) => url).join(), /&(c1|pe)=/);
  });

  test("what was not set when a waiting call was made is not in its hit", async (t) => {
    const { run, collector } = await openPage(t);
    await run(({ s }) => {
      s.visitor = {
        isAllowed: () => true,
        /** @param {(values: object) => void} answer */
        getVisitorValues: (answer) => setTimeout(answer, 30, { MCMID: "1" }),
      };
      s.t();
      s.pageName = "later";
      s.server = "later";
      s.contextData.later = "1";
      s.useBeacon = true;
      s.t();
      return s.outcome();
    });
    // A beacon is accepted before it arrives.
    await collector.waitFor(({ method }) => method === "POST");
    const [first, second] = collector.hits;
    assert.equal(first?.method, "GET");
    assert.doesNotMatch(`${first?.url}`, /later/);
    assert.match(`${second?.url}`, /pageName=later.*later=1.*server=later/);
  });

  test("offlineLimit drops no hit that waits for its turn", async (t) => {
    const { run, arrived } = await openPage(t);
    await run(({ s }) => {
      s.trackOffline = true;
      s.offlineLimit = 2;
      for (s.pageName of ["one", "two", "three", "four", "five"]) s.t();
      return s.outcome();
    });
    assert.deepEqual(arrived(), ["one", "two", "three", "four", "five"]);
  });

  test("hits that were buffered for other report suites are sent", async (t) => {
    const { run, collector } = await openPage(t);
    await run(({ s }) => {
      s.bufferRequests();
      s.t();
      s.t({ account: "override" });
      s.sa("another");
      s.t();
      s.bufferRequests(false);
      return s.outcome();
    });
    const suites = collector.hits.map(({ url }) => url.split("/")[3]);
    assert.deepEqual(suites.slice(1), ["override", "another"]);
    assert.equal(suites.length, 3);
  });
});

test("a cookie s_cc of another path does not count: the browser accepts cookies", async (t) => {
  const { page, run, collector } = await openPage(t);
  await page.evaluate("document.cookie = 's_cc=false; path=' + location.pathname");
  await run(({ s }) => {
    s.t();
    return s.outcome();
  });
  assert.equal(parametersOf(collector.hits[0]).k, "Y");
});

test("empty arrays count as not set, properties that cannot be enumerated as not there", async (t) => {
  const { run, collector } = await openPage(t);
  await run(({ s }) => {
    s.prop1 = "shown";
    s.linkTrackVars = [];
    s.tl(true, "o", "x", Object.defineProperty({}, "prop2", { value: "hidden" }));
    return s.outcome();
  });
  const { c1, c2 } = parametersOf(collector.hits[0]);
  assert.deepEqual([c1, c2], ["shown", undefined]);
});

test("what pages made for older trackers set gets one line on the console, which says what to do", async (t) => {
  const { run, logged } = await openPage(t);
  await run(({ s }) => {
    s.dynamicAccountSelection = true;
    s.dynamicAccountList = "dev=localhost";
    s.m_Media_c = "var m = s.m_i('Media')";
    for (const name of ["Media", "Media"]) s.loadModule(name);
    for (s.pageName of ["one", "two"]) s.t();
    return s.outcome();
  });
  const lines = logged().filter((line) => line.startsWith("afterhit: "));
  assert.deepEqual(
    lines.map((line) => /dynamicAccountList|s\.m_|AppMeasurement_Module_Media/.exec(line)?.[0]),
    ["AppMeasurement_Module_Media", "dynamicAccountList", "s.m_"],
  );
});

test("context data named callback is sent in a POST", async (t) => {
  const { run, collector } = await openPage(t);
  await run(({ s }) => {
    s.marketingCloudVisitorID = "1";
    s.contextData.callback = "own";
    s.prop1 = "x".repeat(2500);
    s.t();
    return s.outcome();
  });
  assert.match(collector.hits[0]?.body ?? "", /&c\.&callback=own&\.c&/);
});

describe("two trackers, two tabs, two copies of the script", { concurrency: 2 }, () => {
  test("a click stored for two trackers is sent by both", async (t) => {
    const html = htmlPage(`${trackingScripts}<a id="link" href="#1">Same</a>`);
    const { page, run, collector } = await openPage(t, { html });
    await run(({ s }) => {
      const page = /** @type {any} */ (window);
      page.other = page.s_gi("other");
      page.other.trackingServer = page.other.trackingServerSecure = s.trackingServer;
    });
    await page.click("#link");
    await run(({ s }) => {
      const { other } = /** @type {any} */ (window);
      s.t();
      other.t();
      return other.outcome();
    });
    const links = collector.hits.map((hit) => parametersOf(hit).link);
    assert.deepEqual(links, ["Same", "Same"]);
  });

  test("a # in a pev that the page sets is escaped, and the parameters after it arrive", async (t) => {
    const tab = await openPage(t, {});
    await tab.run(async ({ s }) => {
      s.pe = "m_s";
      s.pev3 = "video#1";
      s.t();
      await s.outcome();
    });
    const [hit] = tab.collector.hits;
    assert.match(hit?.url ?? "", /&pe=m_s&.*pev3=video%231&.*&AQE=1$/);
  });

  test("two tabs with the same stored hits send each of them once", async (t) => {
    const { page, context, address, run, arrived, roundTrip } = await openPage(t);
    await run(({ s }) => {
      s.trackOffline = true;
      s.forceOffline();
      for (s.pageName of ["one", "two", "three"]) s.t();
    });
    await roundTrip();
    assert.deepEqual(arrived(), []);
    await page.close();
    const tabs = [await context.newPage(), await context.newPage()];
    for (const [number, tab] of tabs.entries()) {
      await tab.goto(address);
      await tab.evaluate(`s.trackOffline = true; s.forceOffline(); s.pageName = "tab ${number}"; s.t()`);
    }
    assert.deepEqual(arrived(), []);
    await Promise.all(tabs.map((tab) => tab.evaluate("s.forceOnline(); s.outcome()")));
    // Hits that a tab has claimed leave before the hit of a later call.
    await Promise.all(tabs.map((tab) => tab.evaluate("s.pageName = 'end'; s.t(); s.outcome()")));
    assert.deepEqual(arrived().toSorted(), ["end", "end", "one", "tab 0", "tab 1", "three", "two"]);
    assert.doesNotMatch(`${await tabs[0]?.evaluate("JSON.stringify(localStorage)")}`, /pageName/);
  });

  test("two trackers for one report suite send an exit click once; a tracker for another suite sends it too", async (t) => {
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
    await tab.roundTrip();
    const suites = tab.collector.hits.map(({ url }) => url.split("/")[3]);
    assert.deepEqual(suites.toSorted(), ["one", "two"]);
    assert.equal(parametersOf(tab.collector.hits[0]).pev1, "https://elsewhere.example/");
  });

  test("two copies of the script share the tracker of a suite and send an exit click once", async (t) => {
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
