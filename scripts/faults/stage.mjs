// One script under one fault: a collector of its own, visitors with fresh profiles, and the tally of their hits.
import { createCollector } from "../../www/collector.mjs";
import { openCold } from "./cold.mjs";
import { createTally } from "./tally.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").BrowserContext} Visitor
 *
 * @typedef {object} Given
 * @property {import("playwright-core").Browser} browser
 * @property {import("./site.mjs").Site} site
 * @property {string} script its name on the site
 * @property {import("./list.mjs").Fault} fault
 * @property {number} seed
 */

/** The same numbers from 0 to 1 for the same seed (mulberry32). @param {number} seed */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), 61 | bits);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

let visits = 0;

/** @param {Given} given */
export async function openStage({ browser, site, script, fault, seed }) {
  const collector = createCollector({ plan: fault.plan ?? "ok", random: seeded(seed) });
  const port = await collector.listen();
  const cold = fault.cold ? await openCold(collector) : undefined;
  const tally = createTally(collector, fault.lives);
  /** @type {Visitor[]} */
  const visitors = [];

  return {
    collector,
    tally,
    /** The front of the collector that makes connections slow, for faults that want it. */
    cold,
    /** Somebody with an empty profile and no connections. */
    async visitor() {
      const visitor = await browser.newContext();
      visitors.push(visitor);
      await visitor.exposeFunction("ran", tally.ran);
      return visitor;
    },
    /** The address of a page. @param {Record<string, string>} [query] */
    address(query) {
      const visit = `${++visits}`;
      site.onLeft(visit, tally.refused);
      const collects = `127.0.0.1:${cold?.port ?? port}`;
      return site.page({ script, collector: collects, visit, ...(cold ? { cold: "" } : {}), ...query });
    },
    /**
     * A page that is loaded.
     * @param {Visitor} visitor
     * @param {Record<string, string>} [query]
     */
    async open(visitor, query) {
      const page = await visitor.newPage();
      await page.goto(this.address(query));
      return page;
    },
    /**
     * Calls so many times at once.
     * @param {Page} page
     * @param {number} count
     */
    call: (page, count) => page.evaluate(`bench.call(${tally.call(count)}, ${count})`),
    /**
     * Calls so many times, in regular pauses; done when all have been called.
     * @param {Page} page
     * @param {number} count
     * @param {number} every milliseconds
     */
    spread: (page, count, every) => page.evaluate(`bench.spread(${tally.call(count)}, ${count}, ${every})`),
    async close() {
      for (const visitor of visitors) await visitor.close();
      tally.close();
      cold?.close();
      await collector.close();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */
