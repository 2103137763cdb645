// Runs faults with one or more scripts at the same time, and says for each what went wrong.
import { launchTestBrowser } from "../lib/launch-browser.mjs";
import { openFixture } from "./fixture.mjs";
import { openSite } from "./site.mjs";

/**
 * @typedef {import("./list.mjs").Fault} Fault
 * @typedef {import("./tally.mjs").Result & { script: string, problems: string[] }} Row
 */

/** @param {Record<string, string | Buffer>} scripts by name */
export async function openRunner(scripts) {
  const site = await openSite(scripts);
  const browser = await launchTestBrowser();

  /**
   * @param {string} script
   * @param {Fault} fault
   * @param {number} hits
   * @param {number} seed
   * @returns {Promise<Row>}
   */
  async function runScript(script, fault, hits, seed) {
    const fixture = await openFixture({ browser, site, script, fault, seed });
    try {
      await fault.run(fixture, hits);
      await fixture.tally.settled();
      const result = fixture.tally.result();
      return { script, ...result, problems: [...fixture.problems, ...problemsOf(result, fault)] };
    } finally {
      await fixture.close();
    }
  }

  return {
    /**
     * @param {Fault} fault
     * @param {number} hits
     * @param {number} [seed] the same seed makes the same requests fail
     * @returns {Promise<Row[]>} one for each script
     */
    run: (fault, hits, seed = 1) =>
      Promise.all(Object.keys(scripts).map((script) => runScript(script, fault, hits, seed))),
    async close() {
      await browser.close();
      site.close();
    },
  };
}

/**
 * @param {import("./tally.mjs").Result} result
 * @param {Fault} fault
 */
function problemsOf(
  { lost, notTaken, duplicates, repeated, missing, seconds },
  { mayDuplicate, maxSeconds },
) {
  const problems = [
    lost > notTaken && `${lost - notTaken} lost`,
    duplicates > 0 && !mayDuplicate && `${duplicates} duplicates`,
    repeated > 0 && `${repeated} callbacks too many`,
    missing > 0 && `${missing} callbacks missing`,
    maxSeconds && seconds > maxSeconds && `${seconds} s`,
  ];
  return problems.filter((problem) => typeof problem === "string");
}
