// The faults. Each makes all of its calls; what becomes of them is counted afterwards.
import { once } from "node:events";

/**
 * @typedef {import("./stage.mjs").Stage} Stage
 * @typedef {import("playwright-core").Page} Page
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {string} about
 * @property {import("../../www/collector/plan.mjs").Plan} [plan] what the collector answers
 * @property {boolean} [cold] connections take long to open
 * @property {boolean} lives whether every page lives until its hits are answered
 * @property {string} [mayDouble] why a hit may arrive twice here
 * @property {(stage: Stage, hits: number) => Promise<unknown>} run
 */

/** Pages left, tabs closed: so many, one after the other. */
const TIMES = 5;
const TABS = 10;
/** Milliseconds. */
const OUTAGE = 5000;
const UNKNOWN = "no answer yet, so nobody can know whether the first request had left";

/** @type {Fault[]} */
export const faults = [
  {
    name: "dropped",
    about: "30 % of connections dropped",
    plan: { answer: "drop", probability: 0.3 },
    lives: true,
    run: callAtOnce,
  },
  {
    name: "errors",
    about: "30 % answered 500",
    plan: { answer: "500", probability: 0.3 },
    lives: true,
    run: callAtOnce,
  },
  {
    name: "down",
    about: "server down for 5 s",
    lives: true,
    async run(stage, hits) {
      const page = await stage.open(await stage.visitor());
      const during = Math.ceil(hits / 2);
      const every = OUTAGE / during;
      await answered(stage, page, Math.floor(hits / 4), every);
      await stage.collector.down();
      await stage.spread(page, during, every);
      await stage.collector.up();
      await stage.spread(page, hits - during - Math.floor(hits / 4), every);
    },
  },
  {
    name: "hanging",
    about: "answers hang for 8 s",
    plan: "delay:8000",
    lives: true,
    async run(stage, hits) {
      // Each page has to wait between its hits: many pages, or it takes minutes.
      const tabs = Math.min(TABS, Math.ceil(hits / 2));
      await times(tabs, hits, async (count) => {
        const page = await stage.open(await stage.visitor());
        await stage.call(page, count);
      });
    },
  },
  {
    name: "navigation",
    about: `navigation right after the calls, ${TIMES} times`,
    lives: false,
    async run(stage, hits) {
      const page = await stage.open(await stage.visitor());
      await times(TIMES, hits, async (count) => {
        await warm(stage, page);
        await leave(stage, page, count);
      });
      // What a page could not hand over waits for the next one that tracks.
      await stage.call(page, 1);
    },
  },
  {
    name: "closed",
    about: `tab closed right after the calls, ${TIMES} times`,
    lives: false,
    async run(stage, hits) {
      const visitor = await stage.visitor();
      const opener = await visitor.newPage();
      await opener.goto(stage.address());
      await times(TIMES, hits, async (count) => {
        // A tab that a script has opened may close itself in the same tick as the calls. Without an opener it would get
        // no pagehide then (Chromium 156), unlike a tab that the user closes.
        const address = JSON.stringify(stage.address({ closes: "" }));
        const page = await openedBy(visitor, opener, `void window.open(${address})`);
        await warm(stage, page);
        const closed = page.waitForEvent("close");
        await page.evaluate(`bench.close(${stage.tally.call(count)}, ${count})`).catch(() => undefined);
        await closed;
      });
    },
  },
  {
    name: "offline",
    about: "offline for a while",
    lives: true,
    async run(stage, hits) {
      const visitor = await stage.visitor();
      const page = await stage.open(visitor);
      const third = Math.floor(hits / 3);
      await answered(stage, page, third, 20);
      await goOffline(visitor, page);
      await stage.spread(page, third, 20);
      await visitor.setOffline(false);
      await stage.spread(page, hits - 2 * third, 20);
    },
  },
  {
    name: "reload",
    about: "offline over a reload, with trackOffline",
    lives: true,
    async run(stage, hits) {
      const visitor = await stage.visitor();
      const page = await stage.open(visitor, { keeps: "" });
      await page.evaluate("bench.install()");
      const third = Math.floor(hits / 3);
      await answered(stage, page, third, 20);
      await stayOffline(visitor, page);
      await stage.call(page, third);
      await page.reload();
      await stage.call(page, hits - 2 * third);
      await visitor.setOffline(false);
    },
  },
  {
    name: "tabs",
    about: "two tabs with the same stored queue",
    lives: true,
    async run(stage, hits) {
      const visitor = await stage.visitor();
      const [one, other] = [await visitor.newPage(), await visitor.newPage()];
      const page = await stage.open(visitor, { keeps: "" });
      await stayOffline(visitor, page);
      await stage.call(page, hits);
      await page.close();
      await visitor.setOffline(false);
      await Promise.all([one, other].map((tab) => tab.goto(stage.address({ keeps: "" }))));
      await Promise.all([one, other].map((tab) => stage.call(tab, 1)));
    },
  },
  {
    name: "duplicated",
    about: "left offline, then the tab is duplicated",
    lives: true,
    async run(stage, hits) {
      const visitor = await stage.visitor();
      const page = await stage.open(visitor);
      await page.evaluate("bench.install()");
      await stayOffline(visitor, page);
      await stage.call(page, hits);
      await page.reload();
      // An opened window begins with a copy of its opener's session storage, as a duplicated tab does.
      const copy = await openedBy(visitor, page, "void window.open(location.href)");
      await visitor.setOffline(false);
      await Promise.all([page, copy].map((tab) => stage.call(tab, 1)));
    },
  },
  {
    name: "fresh",
    about: `navigation right after a page's first calls, ${TIMES} times`,
    lives: false,
    mayDouble: UNKNOWN,
    run: leaveUnanswered,
  },
  {
    name: "cold",
    about: `the same while the connection opens, ${TIMES} times`,
    cold: true,
    lives: false,
    mayDouble: UNKNOWN,
    run: leaveUnanswered,
  },
  {
    name: "warming",
    about: `the same when the connection has just opened, ${TIMES} times`,
    cold: true,
    plan: "delay:150",
    lives: false,
    mayDouble: UNKNOWN,
    run: (stage, hits) =>
      times(TIMES, hits, async (count) => {
        const page = await stage.open(await stage.visitor());
        const opened = once(/** @type {any} */ (stage.cold?.events), "opened");
        await stage.call(page, count);
        await opened;
        await leave(stage, page, 0);
      }),
  },
];

/**
 * @param {Stage} stage
 * @param {number} hits
 */
async function callAtOnce(stage, hits) {
  await stage.call(await stage.open(await stage.visitor()), hits);
}

/**
 * @param {Stage} stage
 * @param {number} hits
 */
async function leaveUnanswered(stage, hits) {
  await times(TIMES, hits, async (count) => {
    await leave(stage, await stage.open(await stage.visitor()), count);
  });
}

/**
 * Has a page meet the collector: from its first answer on it knows that its requests leave at once.
 *
 * @param {Stage} stage
 * @param {Page} page
 */
async function warm(stage, page) {
  await stage.call(page, 1);
  await page.evaluate("bench.answered");
}

/**
 * Spreads calls, and waits until all have been answered: a request that is open when the network goes may have arrived.
 *
 * @param {Stage} stage
 * @param {Page} page
 * @param {number} count
 * @param {number} every
 */
async function answered(stage, page, count, every) {
  await stage.spread(page, count, every);
  await stage.tally.until(({ ran, called }) => ran === called);
}

/**
 * @param {import("playwright-core").BrowserContext} visitor
 * @param {Page} page is told a moment after the network is gone
 */
async function goOffline(visitor, page) {
  await visitor.setOffline(true);
  await page.evaluate("bench.offline");
}

/**
 * The same for a page that will be left without a network: Chromium takes back what DevTools have told it a moment before such
 * a page hears that it is left, which no network does.
 * @param {import("playwright-core").BrowserContext} visitor
 * @param {Page} page
 */
async function stayOffline(visitor, page) {
  await goOffline(visitor, page);
  await page.evaluate('void Object.defineProperty(navigator, "onLine", { value: false })');
}

/**
 * @param {import("playwright-core").BrowserContext} visitor
 * @param {Page} page
 * @param {string} script opens another one
 */
async function openedBy(visitor, page, script) {
  const [opened] = await Promise.all([visitor.waitForEvent("page"), page.evaluate(script)]);
  await opened.waitForLoadState("load");
  return opened;
}

/**
 * @param {Stage} stage
 * @param {Page} page
 * @param {number} count
 */
async function leave(stage, page, count) {
  const next = stage.address();
  const there = page.waitForURL(next);
  await page.evaluate(`bench.leave(${stage.tally.call(count)}, ${count}, ${JSON.stringify(next)})`);
  await there;
}

/**
 * Spreads hits evenly over some turns.
 *
 * @param {number} turns
 * @param {number} hits
 * @param {(count: number) => Promise<unknown>} turn
 */
async function times(turns, hits, turn) {
  for (let left = turns, rest = hits; left > 0; left--) {
    const count = Math.ceil(rest / left);
    rest -= count;
    await turn(count);
  }
}
