// Stored hits and the tabs of a site on pages without Web Locks: those that are not served over HTTPS, and browsers before 2022.
// With Web Locks: differences.test.mjs. Also what is stored and is no list of hits, or a very long one.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "../support/fixture.mjs";

const KEY = "AppMeasurement.requests-undefinedsuite";
const warning = `afterhit: not all that is stored under ${KEY} is a hit of this tracker`;
const NO_LIST = '{"no":"list"}';

/**
 * A page stores the hit "two" and is followed by one that sends the hit "three".
 * @param {import("playwright-core").Page} page
 * @param {Awaited<ReturnType<typeof openPage>>["run"]} run
 */
async function storeAndReload(page, run) {
  await run(({ s }) => {
    s.bufferRequests();
    s.pageName = "two";
    s.t();
  });
  await page.reload();
  await run(({ s }) => {
    s.pageName = "three";
    s.t();
    return s.outcome();
  });
}

/**
 * A page stores three hits and is closed; further tabs have no Web Locks.
 * @param {import("node:test").TestContext} t
 */
async function openStored(t) {
  const opened = await openPage(t);
  await opened.run(({ s }) => {
    s.trackOffline = true;
    s.forceOffline();
    for (s.pageName of ["one", "two", "three"]) s.t();
  });
  await opened.context.addInitScript("delete Navigator.prototype.locks");
  await opened.page.close();
  return {
    ...opened,
    async openTab() {
      const tab = await opened.context.newPage();
      await tab.goto(opened.address);
      assert.equal(await tab.evaluate("navigator.locks"), undefined);
      return tab;
    },
  };
}

/**
 * Another tab's lease, which ends after `milliseconds`, is there when a page finds stored hits.
 * @param {import("playwright-core").Page} tab
 * @param {number} milliseconds
 * @returns {Promise<number>} how long it takes to send them and a hit of the page's own
 */
function sendDespiteLease(tab, milliseconds) {
  return tab.evaluate(`(async () => {
    const start = performance.now();
    localStorage["afterhit.lease"] = "0.5 " + (Date.now() + ${milliseconds});
    Object.assign(s, { trackOffline: true, pageName: "end" }).t();
    await s.outcome();
    return performance.now() - start;
  })()`);
}

describe("without Web Locks", { concurrency: 2 }, () => {
  test("two tabs with the same stored hits send each of them once, and leave no lease behind", async (t) => {
    const { openTab, arrived } = await openStored(t);
    const tabs = [await openTab(), await openTab()];
    for (const [number, tab] of tabs.entries())
      await tab.evaluate(`s.trackOffline = true; s.forceOffline(); s.pageName = "tab ${number}"; s.t()`);
    assert.deepEqual(arrived(), []);
    await Promise.all(tabs.map((tab) => tab.evaluate("s.forceOnline(); s.outcome()")));
    // Hits that a tab has claimed leave before the hit of a later call.
    await Promise.all(tabs.map((tab) => tab.evaluate("s.pageName = 'end'; s.t(); s.outcome()")));
    assert.deepEqual(arrived().toSorted(), ["end", "end", "one", "tab 0", "tab 1", "three", "two"]);
    assert.equal(await tabs[0]?.evaluate("localStorage.length"), 0);
  });

  test("stored hits wait for the lease of a tab that is gone to end", async (t) => {
    const { openTab, arrived } = await openStored(t);
    const took = await sendDespiteLease(await openTab(), 1500);
    assert.ok(took >= 1500, `${took} ms`);
    assert.deepEqual(arrived(), ["one", "two", "three", "end"]);
  });

  test("a lease from the future is ignored: the clock was set back", async (t) => {
    const { openTab, arrived } = await openStored(t);
    await sendDespiteLease(await openTab(), 3_600_000);
    assert.deepEqual(arrived(), ["one", "two", "three", "end"]);
  });
});

test("what is stored and is no hit of the tracker is left alone, and said once", async (t) => {
  const foreign = ["no URL", "https://other.example/b/ss/suite/1/JS-2.27.0/s1?AQB=1&pageName=forged&AQE=1"];
  const { page, run, logged, arrived } = await openPage(t, {
    before: `sessionStorage["${KEY}"] ??= ${JSON.stringify(JSON.stringify(foreign))}`,
  });
  await run(({ s }) => {
    s.pageName = "one";
    s.t();
    return s.outcome();
  });
  assert.deepEqual(logged("warning"), [warning]);
  await storeAndReload(page, run);
  assert.deepEqual(arrived(), ["one", "two", "three"]);
  assert.deepEqual(JSON.parse(await page.evaluate(`sessionStorage["${KEY}"]`)), foreign);
});

test("what is stored and is no list is warned about and replaced", async (t) => {
  const { page, run, logged, arrived } = await openPage(t, {
    before: `sessionStorage["${KEY}"] ??= ${JSON.stringify(NO_LIST)}`,
  });
  await run(({ s }) => {
    s.pageName = "one";
    s.t();
    return s.outcome();
  });
  assert.deepEqual(logged("warning"), [warning]);
  assert.equal(await page.evaluate(`sessionStorage["${KEY}"]`), NO_LIST);
  await storeAndReload(page, run);
  assert.deepEqual(arrived(), ["one", "two", "three"]);
});

test("of a very long list the newest 1000 hits are kept, and the page's own waits for ten of them only", async (t) => {
  const { page, run, arrived } = await openPage(t, {
    before: `{
      const url = (n) => "http://127.0.0.1:" + location.pathname.split("/")[1] +
        "/b/ss/suite/0/JS-2.27.0/s" + n + "?AQB=1&pageName=" + n + "&AQE=1";
      sessionStorage["${KEY}"] ??= JSON.stringify(Array.from({ length: 20_000 }, (_, n) => url(n)));
    }`,
  });
  await run(({ s }) => {
    s.pageName = "own";
    s.t();
    return s.outcome();
  });
  const firstTen = Array.from({ length: 10 }, (_, n) => `${19_000 + n}`);
  assert.deepEqual(arrived().slice(0, 11), [...firstTen, "own"]);
  const kept = JSON.parse(await page.evaluate(`sessionStorage["${KEY}"]`));
  assert.ok(kept.length <= 990 && kept.at(-1).includes("pageName=19999"), `${kept.length} are kept`);
});

test("stored hits are taken up while a call of another tracker is parked", async (t) => {
  const { page, run, logged, arrived } = await openPage(t);
  await run(({ s }) => {
    s.bufferRequests();
    for (s.pageName of ["one", "two"]) s.t();
  });
  await page.reload();
  await run(({ s, s_gi }) => {
    const other = s_gi("other");
    other.visitor = { isAllowed: () => true, getVisitorValues() {} };
    other.t();
    s.pageName = "own";
    s.t();
    return s.outcome();
  });
  assert.deepEqual(arrived(), ["one", "two", "own"]);
  assert.deepEqual(logged("error"), []);
});

test("a hit that was taken out of session storage, fails and is stored again is sent by the next page", async (t) => {
  const { page, run, collector, arrived } = await openPage(t);
  await run(({ s }) => {
    s.bufferRequests();
    s.pageName = "one";
    s.t();
  });
  collector.plan("drop");
  await page.reload();
  const failed = page.waitForEvent("requestfailed");
  await run(({ s }) => {
    s.pageName = "two";
    s.t();
  });
  await failed;
  // From now on nothing leaves, so that the page is not left with a request whose answer it does not see.
  await run(({ s }) => s.forceOffline());
  const before = collector.hits.length;
  collector.plan("ok");
  await page.reload();
  await run(({ s }) => {
    s.pageName = "three";
    s.t();
    return s.outcome();
  });
  assert.deepEqual(arrived().slice(before), ["one", "two", "three"]);
});
