// The faults. Each makes all of its tracking calls; the tally counts afterwards what became of them.
import { once } from "node:events";
import { testBrowser } from "../lib/find-browser.mjs";
import {
  closeByDriver,
  distribute,
  follow,
  goOffline,
  goOnline,
  leave,
  leaveUnanswered,
  openFrom,
  reload,
  spreadUntilAnswered,
  stayOffline,
  warmUp,
} from "./actions.mjs";

/**
 * @typedef {import("./fixture.mjs").Fixture} Fixture
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {string} about
 * @property {import("../../www/collector/plan.mjs").Plan} [plan] how the collector answers
 * @property {number} [handshakeMs] how long connections take to open
 * @property {boolean} pageSurvives whether every page survives until its hits are answered
 * @property {number} [patienceMs] how long to wait for a missing hit
 * @property {boolean} [goesOffline] the browser is taken offline
 * @property {string} [mayDuplicate] why a hit may arrive twice
 * @property {number | undefined} [maxSeconds] from the first call until the last hit is collected
 * @property {(fixture: Fixture, hits: number) => Promise<unknown>} run
 */

/** At least so many pages are left or tabs closed, one after the other. */
const PAGES = 5;
/** A page that is left has made at most so many calls just before. */
const HITS_OF_PAGE = 20;
const MAX_TABS = 10;
const OUTAGE_MS = 5000;
const INTERVAL_MS = 20;
const HANDSHAKE_MS = 150;
const SLOW_ANSWER_MS = 4000;
const pagesOf = (/** @type {number} */ hits) => Math.max(PAGES, Math.ceil(hits / HITS_OF_PAGE));
const CANNOT_GO_OFFLINE = "not played in webkit, whose driver cannot take it offline";
const NO_ANSWER_YET = "without an answer, the page cannot know whether the first request had left";

/** @param {Fixture} fixture @param {number} hits */
async function callOneByOne(fixture, hits) {
  const page = await fixture.open(await fixture.visitor(), { trackOffline: "" });
  await fixture.spread(page, hits, INTERVAL_MS);
}

/** @param {string} name @param {string} about @param {string} answer @returns {Fault} 30 % of requests get this answer */
const oftenFailing = (name, about, answer) => ({
  name,
  about: `30 % ${about}, hits ${INTERVAL_MS} ms apart, with trackOffline`,
  plan: { answer, probability: 0.3 },
  pageSurvives: true,
  maxSeconds: 20,
  run: callOneByOne,
});

/** @param {string} name @param {string} about @param {typeof leave} leavePage @returns {Fault} a tab whose pages are left */
const oftenLeft = (name, about, leavePage) => ({
  name,
  about: `${about} right after the calls, again and again`,
  pageSurvives: false,
  async run(fixture, hits) {
    const page = await fixture.open(await fixture.visitor());
    await distribute(hits, pagesOf(hits), async (count) => {
      await warmUp(fixture, page);
      await leavePage(fixture, page, count);
    });
    // What the pages could not send is sent by the next page that tracks.
    await fixture.call(page, 1);
  },
});

/** @type {Fault[]} */
export const faults = [
  oftenFailing("dropped", "of connections dropped", "drop"),
  oftenFailing("errors", "answered 500", "500"),
  oftenFailing("unavailable", "answered 503", "503"),
  {
    name: "refused",
    about: "between the others, calls that a server refuses, answers 414, or has no valid name for",
    pageSurvives: true,
    maxSeconds: 1,
    async run(fixture, hits) {
      const page = await fixture.open(await fixture.visitor());
      await fixture.callInVain(page, "refused");
      await fixture.call(page, Math.floor(hits / 3));
      await fixture.callInVain(page, "414");
      await fixture.call(page, Math.floor(hits / 3));
      await fixture.callInVain(page, "malformed");
      await fixture.call(page, hits - 2 * Math.floor(hits / 3));
    },
  },
  {
    name: "blocker",
    about: "every request is refused at once, until the browser has been offline",
    goesOffline: true,
    pageSurvives: true,
    async run(fixture, hits) {
      const visitor = await fixture.visitor();
      const page = await fixture.open(visitor);
      await fixture.collector.down();
      let tries = 0;
      /** @type {Promise<void>} */
      const refused = new Promise((resolve) => {
        page.on("requestfailed", () => {
          // The first hit is tried three times, each later one once.
          if (++tries === hits + 2) resolve();
        });
      });
      await fixture.call(page, hits);
      await refused;
      await fixture.collector.up();
      await goOffline(visitor, page);
      await goOnline(visitor);
      await fixture.tally.until(({ ran, called }) => ran === called);
      if (tries > hits + 2) fixture.problems.push(`${tries} tries`);
    },
  },
  {
    name: "stored",
    about: "an earlier page has left 500 hits in storage, which are not counted",
    pageSurvives: true,
    maxSeconds: 2,
    async run(fixture) {
      const visitor = await fixture.visitor();
      const page = await fixture.open(visitor, { trackOffline: "" });
      await page.evaluate("harness.fill(500)");
      await page.reload();
      await fixture.call(page, 1);
    },
  },
  {
    name: "slow",
    about: `answers take ${SLOW_ANSWER_MS / 1000} s: first hits of links that the tracker follows, and of pages behind one that was answered`,
    plan: `delay:${SLOW_ANSWER_MS}`,
    pageSurvives: false,
    async run(fixture, hits) {
      const followed = Math.min(PAGES, hits);
      for (let n = 0; n < followed; n++) await follow(fixture, await fixture.open(await fixture.visitor()));
      /** @type {Promise<void>[]} */
      const visits = [];
      await distribute(hits - followed, PAGES, async (count) => {
        const page = await fixture.open(await fixture.visitor());
        const visit = async () => {
          await warmUp(fixture, page);
          await leave(fixture, page, 0);
          await leave(fixture, page, count);
        };
        visits.push(visit());
      });
      await Promise.all(visits);
    },
  },
  {
    name: "report-only",
    about: "a policy that only reports, beacons and images, pages left for another site",
    pageSurvives: false,
    run: (fixture, hits) =>
      distribute(hits, PAGES, async (count) => {
        const beacons = Math.floor(count / 2);
        const visitor = await fixture.visitor();
        const page = await fixture.open(visitor, { reportOnly: "", useBeacon: "" });
        await fixture.call(page, beacons);
        await page.goto(fixture.address({ reportOnly: "" }));
        await warmUp(fixture, page);
        await fixture.call(page, count - beacons);
        await page.goto("about:blank");
      }),
  },
  {
    name: "down",
    about: "server down for 5 s",
    pageSurvives: true,
    async run(fixture, hits) {
      const page = await fixture.open(await fixture.visitor());
      const before = Math.floor(hits / 4);
      const during = Math.ceil(hits / 2);
      const intervalMs = OUTAGE_MS / during;
      await spreadUntilAnswered(fixture, page, before, intervalMs);
      await fixture.collector.down();
      await fixture.spread(page, during, intervalMs);
      await fixture.collector.up();
      await fixture.spread(page, hits - before - during, intervalMs);
    },
  },
  {
    name: "hanging",
    about: "answers hang for 8 s",
    plan: "delay:8000",
    pageSurvives: true,
    async run(fixture, hits) {
      // A page has to wait between its hits: with few pages, this would take minutes.
      const tabs = Math.min(MAX_TABS, Math.ceil(hits / 2));
      await distribute(hits, tabs, async (count) => {
        const page = await fixture.open(await fixture.visitor());
        await fixture.call(page, count);
      });
    },
  },
  oftenLeft("navigation", "navigation", leave),
  oftenLeft("reloaded", "reload", reload),
  {
    name: "closed",
    about: "tab closed right after the calls, again and again",
    pageSurvives: false,
    async run(fixture, hits) {
      const visitor = await fixture.visitor();
      const opener = await visitor.newPage();
      await opener.goto(fixture.address());
      await distribute(hits, pagesOf(hits), async (count) => {
        if (testBrowser() === "webkit") return closeByDriver(fixture, visitor, count);
        // Only a tab that a script has opened may close itself in the same task as the calls; and without an opener it
        // would get no pagehide (Chromium 156), unlike a tab that the user closes.
        const address = JSON.stringify(fixture.address({ closes: "" }));
        const page = await openFrom(visitor, opener, `void window.open(${address})`);
        await warmUp(fixture, page);
        const closed = page.waitForEvent("close");
        const first = fixture.tally.reserve(count);
        await page.evaluate(`harness.close(${first}, ${count})`).catch(() => undefined);
        await closed;
      });
    },
  },
  {
    name: "offline",
    about: "offline for a while",
    goesOffline: true,
    pageSurvives: true,
    async run(fixture, hits) {
      const visitor = await fixture.visitor();
      const page = await fixture.open(visitor);
      const third = Math.floor(hits / 3);
      await spreadUntilAnswered(fixture, page, third, INTERVAL_MS);
      await goOffline(visitor, page);
      await fixture.spread(page, third, INTERVAL_MS);
      await goOnline(visitor);
      await fixture.spread(page, hits - 2 * third, INTERVAL_MS);
    },
  },
  {
    name: "reload",
    about: "offline over a reload, with trackOffline",
    goesOffline: true,
    pageSurvives: true,
    async run(fixture, hits) {
      const visitor = await fixture.visitor();
      const page = await fixture.open(visitor, { trackOffline: "" });
      await page.evaluate("harness.install()");
      const third = Math.floor(hits / 3);
      await spreadUntilAnswered(fixture, page, third, INTERVAL_MS);
      await stayOffline(visitor, page);
      await fixture.call(page, third);
      await page.reload();
      await fixture.call(page, hits - 2 * third);
      await goOnline(visitor);
    },
  },
  {
    name: "tabs",
    about: "two tabs with the same stored queue",
    goesOffline: true,
    pageSurvives: true,
    async run(fixture, hits) {
      const visitor = await fixture.visitor();
      const tabs = [await visitor.newPage(), await visitor.newPage()];
      const page = await fixture.open(visitor, { trackOffline: "" });
      await stayOffline(visitor, page);
      await fixture.call(page, hits);
      await page.close();
      await goOnline(visitor);
      await Promise.all(tabs.map((tab) => tab.goto(fixture.address({ trackOffline: "" }))));
      await Promise.all(tabs.map((tab) => fixture.call(tab, 1)));
    },
  },
  {
    name: "duplicated",
    about: "left offline, then the tab is duplicated",
    goesOffline: true,
    pageSurvives: true,
    async run(fixture, hits) {
      const visitor = await fixture.visitor();
      const page = await fixture.open(visitor);
      await page.evaluate("harness.install()");
      await stayOffline(visitor, page);
      await fixture.call(page, hits);
      await page.reload();
      // An opened window starts with a copy of its opener's session storage, as a duplicated tab does.
      const copy = await openFrom(visitor, page, "void window.open(location.href)");
      await goOnline(visitor);
      await Promise.all([page, copy].map((tab) => fixture.call(tab, 1)));
    },
  },
  {
    name: "fresh",
    about: `navigation right after a page's first calls, ${PAGES} times`,
    pageSurvives: false,
    mayDuplicate: NO_ANSWER_YET,
    run: (fixture, hits) => leaveUnanswered(fixture, hits, PAGES),
  },
  {
    name: "cold",
    about: `the same while the connection opens, ${PAGES} times`,
    handshakeMs: HANDSHAKE_MS,
    pageSurvives: false,
    mayDuplicate: NO_ANSWER_YET,
    run: (fixture, hits) => leaveUnanswered(fixture, hits, PAGES),
  },
  {
    name: "warming",
    about: `the same when the connection has just opened, ${PAGES} times`,
    handshakeMs: HANDSHAKE_MS,
    plan: "delay:150",
    pageSurvives: false,
    mayDuplicate: NO_ANSWER_YET,
    run: (fixture, hits) =>
      distribute(hits, PAGES, async (count) => {
        const page = await fixture.open(await fixture.visitor());
        const opened = once(/** @type {any} */ (fixture.slowHandshake?.events), "opened");
        await fixture.call(page, count);
        await opened;
        await leave(fixture, page, 0);
      }),
  },
];

/**
 * @param {import("../lib/find-browser.mjs").BrowserName} browser
 * @param {Fault} fault
 * @returns {string | undefined} why the fault is not played in this browser
 */
export const reasonNotIn = (browser, { goesOffline }) =>
  browser === "webkit" && goesOffline ? CANNOT_GO_OFFLINE : undefined;
