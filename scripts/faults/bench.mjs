// Runs faults, several scripts side by side.
import { launchBrowser } from "../lib/launch-browser.mjs";
import { openSite } from "./site.mjs";
import { openStage } from "./stage.mjs";

/**
 * @typedef {import("./list.mjs").Fault} Fault
 * @typedef {import("./tally.mjs").Result & { script: string, seconds: number, wrong: string[] }} Row
 */

/** @param {Record<string, string | Buffer>} scripts by name */
export async function openBench(scripts) {
  const site = await openSite(scripts);
  const browser = await launchBrowser({ args: ["--ignore-certificate-errors"] });

  /**
   * @param {string} script
   * @param {Fault} fault
   * @param {number} hits
   * @param {number} seed
   * @returns {Promise<Row>}
   */
  async function one(script, fault, hits, seed) {
    const stage = await openStage({ browser, site, script, fault, seed });
    const begun = performance.now();
    try {
      await fault.run(stage, hits);
      await stage.tally.settled();
      const result = stage.tally.result();
      const seconds = Math.round((performance.now() - begun) / 100) / 10;
      return { script, ...result, seconds, wrong: wrong(result, fault) };
    } finally {
      await stage.close();
    }
  }

  return {
    /**
     * @param {Fault} fault
     * @param {number} hits
     * @param {number} [seed] the same faults come at the same requests
     * @returns {Promise<Row[]>} one for each script
     */
    run: (fault, hits, seed = 1) =>
      Promise.all(Object.keys(scripts).map((script) => one(script, fault, hits, seed))),
    async close() {
      await browser.close();
      site.close();
    },
  };
}

/**
 * What is not as it has to be.
 *
 * @param {import("./tally.mjs").Result} result
 * @param {Fault} fault
 */
function wrong({ lost, refused, duplicates, repeated, missing }, { mayDouble }) {
  const complaints = [
    lost > refused && `${lost - refused} lost`,
    duplicates > 0 && !mayDouble && `${duplicates} duplicates`,
    repeated > 0 && `${repeated} callbacks too many`,
    missing > 0 && `${missing} callbacks missing`,
  ];
  return complaints.filter((complaint) => complaint !== false);
}
