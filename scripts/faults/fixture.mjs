// What one script needs under one fault: a collector of its own, visitors with empty profiles, and a tally of their hits.
import { createCollector } from "../../www/collector.mjs";
import { testBrowser } from "../lib/find-browser.mjs";
import { openSlowHandshake } from "./slow-handshake.mjs";
import { createTally } from "./tally.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").BrowserContext} Visitor
 *
 * @typedef {object} Options
 * @property {import("playwright-core").Browser} browser
 * @property {import("./site.mjs").Site} site
 * @property {string} script its name on the site
 * @property {import("./list.mjs").Fault} fault
 * @property {number} seed
 */

/** Numbers from 0 to 1, the same sequence for the same seed (mulberry32). @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), 61 | bits);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

let visits = 0;

/** @param {Options} options */
export async function openFixture({ browser, site, script, fault, seed }) {
  const collector = createCollector({ plan: fault.plan ?? "ok", random: randomFrom(seed) });
  const port = await collector.listen();
  const slowHandshake = fault.handshakeMs ? await openSlowHandshake(collector, fault.handshakeMs) : undefined;
  const tally = createTally(collector, fault);
  /** @type {Visitor[]} */
  const visitors = [];

  return {
    collector,
    tally,
    /** What the fault itself has found wrong. @type {string[]} */
    problems: [],
    slowHandshake,
    /** A visitor with an empty profile and no open connections. */
    async visitor() {
      const visitor = await browser.newContext({ ignoreHTTPSErrors: true });
      visitors.push(visitor);
      // WebKit's driver has no such thing: there the page tells the site.
      if (testBrowser() !== "webkit") await visitor.exposeFunction("ran", tally.ran);
      return visitor;
    },
    /** The address of a new page. @param {Record<string, string>} [query] */
    address(query) {
      const visit = `${++visits}`;
      site.listenTo(visit, tally);
      const host = `127.0.0.1:${slowHandshake?.port ?? port}`;
      return site.page({
        script,
        collector: host,
        visit,
        ...(slowHandshake ? { ssl: "" } : {}),
        ...query,
      });
    },
    /**
     * Opens a page and waits until it has loaded.
     * @param {Visitor} visitor
     * @param {Record<string, string>} [query]
     */
    async open(visitor, query) {
      const page = await visitor.newPage();
      await page.goto(this.address(query));
      return page;
    },
    /**
     * Makes `count` tracking calls at once.
     * @param {Page} page
     * @param {number} count
     */
    call: (page, count) => page.evaluate(`harness.call(${tally.reserve(count)}, ${count})`),
    /**
     * Makes a tracking call that no collector will ever take.
     * @param {Page} page
     * @param {"refused" | "414" | "malformed"} why
     */
    callInVain: (page, why) => page.evaluate(`harness.callInVain("${why}")`),
    /**
     * Makes `count` tracking calls at regular intervals, and resolves after the last one.
     * @param {Page} page
     * @param {number} count
     * @param {number} intervalMs
     */
    spread: (page, count, intervalMs) =>
      page.evaluate(`harness.spread(${tally.reserve(count)}, ${count}, ${intervalMs})`),
    async close() {
      for (const visitor of visitors) await visitor.close();
      tally.close();
      slowHandshake?.close();
      await collector.close();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openFixture>>} Fixture */
