// Plays a scenario on two libraries at the same time and describes what differs.
import { createPool } from "../../tests/wire/browser-pool.mjs";
import { compare } from "../../tests/wire/compare.mjs";

/**
 * @typedef {import("../../tests/wire/scenarios.mjs").Scenario} Scenario
 * @typedef {import("../../tests/wire/site.mjs").Files} Files
 * @typedef {{ library: Buffer, companions: Files }} Side
 */

/** What afterhit says on the console in its own name is no difference. */
const OWN_LINE = "afterhit: ";
/** An error of the page's own code, which only afterhit shows: the first line of its stack is not the library. */
const OWN_ERROR = /^.*Error: .*\n {4}at (?!.*__library\.js)/;
/** The collector's own, those with random numbers, and where the visitor service and its stand-in keep their values. */
const UNCOMPARED_COOKIES = /^(s_vi$|s_vsn_|AMCVS?_|standInVisitor$)/;
/** Seconds or milliseconds since 1970, of these years. */
const TIME = /(?<!\d)1[6-9]\d{8}(\d{3})?(?!\d)/g;

/**
 * Cookies without times, which those of companions hold.
 * @param {Record<string, string>} [cookies]
 */
function withoutTimes(cookies = {}) {
  const kept = Object.entries(cookies).filter(([name]) => !UNCOMPARED_COOKIES.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, value.replace(TIME, "TIME")]));
}

/**
 * @param {Side} reference
 * @param {Side} candidate
 * @param {number} browsers of each side
 */
export function openComparison(reference, candidate, browsers) {
  const pools = [reference, candidate].map(({ library, companions }) =>
    createPool(library, browsers, companions),
  );
  return {
    /**
     * @param {Scenario} scenario
     * @returns {Promise<string[]>} what differs, empty if nothing does
     */
    async play(scenario) {
      const complete = { ...scenario, expectConsole: /** @type {const} */ (true), expectCookies: ["*"] };
      const [want, got] = await Promise.all(pools.map((pool) => pool.replay(complete)));
      if (!want || !got) return ["could not be played"];
      const isCompared = (/** @type {string} */ line) => !line.startsWith(OWN_LINE) && !OWN_ERROR.test(line);
      const console = got.console?.filter(isCompared) ?? [];
      return compare(
        { ...want, cookies: withoutTimes(want.cookies) },
        { ...got, console, cookies: withoutTimes(got.cookies) },
      );
    },
    close: () => Promise.all(pools.map((pool) => pool.close())),
  };
}
