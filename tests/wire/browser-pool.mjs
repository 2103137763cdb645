// A pool of browsers that replays scenarios in parallel. Each browser has a site of its own.

import { makeCertificate } from "../../scripts/lib/certificate.mjs";
import { launchBrowser } from "../../scripts/lib/launch-browser.mjs";
import { replay } from "./replay.mjs";
import { openSite } from "./site.mjs";

/**
 * @typedef {import("./scenarios.mjs").Scenario} Scenario
 * @typedef {{ site: import("./site.mjs").Site, browser: import("playwright-core").Browser }} Worker
 */

/** A scenario mostly waits, so there may be more browsers than cores. With more than six on two cores, timing suffers. */
export const POOL_SIZE = 6;

/**
 * @param {Buffer} library the script under test
 * @param {number} [size]
 * @param {import("./site.mjs").Files} [companions] other scripts that pages load
 */
export function createPool(library, size = POOL_SIZE, companions = {}) {
  const certificate = makeCertificate();
  /** @type {Promise<Worker>[]} */
  const launched = [];
  /** @type {Worker[]} */
  const idle = [];
  /** @type {{ ms: number, resolve: (worker: Worker) => void, reject: (error: unknown) => void }[]} */
  const waiting = [];

  /** @returns {Promise<Worker>} */
  async function launch() {
    const site = await openSite(await certificate, library, companions);
    const browser = await launchBrowser({
      hosts: `MAP * 127.0.0.1:${site.port}`,
      // A context's `ignoreHTTPSErrors` does not cover requests that outlive the page.
      args: ["--ignore-certificate-errors"],
    });
    return { site, browser };
  }

  /**
   * @param {Scenario} scenario
   * @returns {Promise<Worker>}
   */
  async function acquire(scenario) {
    const free = idle.pop();
    if (free) return free;
    if (launched.length === size)
      return new Promise((resolve, reject) => waiting.push({ ms: estimateMs(scenario), resolve, reject }));
    const launching = launch();
    launched.push(launching);
    return launching.catch((error) => {
      // No worker may be left that would serve them.
      for (const { reject } of waiting.splice(0)) reject(error);
      throw error;
    });
  }

  /** @param {Worker} worker */
  function release(worker) {
    // Longest first, so that the pool does not end up waiting for one long scenario.
    waiting.sort((one, other) => one.ms - other.ms);
    const next = waiting.pop();
    if (next) next.resolve(worker);
    else idle.push(worker);
  }

  return {
    /**
     * Replays a scenario as soon as a browser is free.
     * @param {Scenario} scenario
     */
    async replay(scenario) {
      const worker = await acquire(scenario);
      try {
        return await replay(scenario, worker.browser, worker.site);
      } finally {
        release(worker);
      }
    },

    async close() {
      for (const launching of await Promise.allSettled(launched)) {
        if (launching.status === "rejected") continue;
        await launching.value.browser.close();
        launching.value.site.close();
      }
    },
  };
}

/** @param {Scenario} scenario */
function estimateMs({ steps }) {
  return steps.reduce((sum, { wait = 0, requests = 0 }) => sum + 500 + wait + requests * 100, 0);
}
