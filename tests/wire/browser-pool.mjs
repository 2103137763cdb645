// A pool of browsers that replays scenarios in parallel. Each browser has a site of its own.

import { makeCertificate } from "../../scripts/lib/certificate.mjs";
import { testBrowser } from "../../scripts/lib/find-browser.mjs";
import { launchBrowser, launchTestBrowser } from "../../scripts/lib/launch-browser.mjs";
import { openTunnel } from "../../scripts/lib/tunnel.mjs";
import { keepContext } from "./kept-context.mjs";
import { replay } from "./replay.mjs";
import { openSite } from "./site.mjs";

/**
 * @typedef {import("./scenarios.mjs").Scenario} Scenario
 * @typedef {import("playwright-core").Browser} Browser
 *
 * @typedef {object} Worker
 * @property {import("./site.mjs").Site} site
 * @property {() => Promise<import("./kept-context.mjs").ScenarioContext>} newContext every host leads to the site
 * @property {() => unknown} close
 */

const visitor = {
  ignoreHTTPSErrors: true,
  viewport: { width: 1280, height: 720 },
  locale: "en-US",
  timezoneId: "UTC",
};

/** A scenario mostly waits, so there may be more browsers than cores. With more than six on two cores, timing suffers;
 * the others take more time to drive. */
export const POOL_SIZE = testBrowser() === "chromium" ? 6 : 4;

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

  /** A Firefox for every worker would take too long to start. @type {Promise<Browser> | undefined} */
  let shared;

  /** @returns {Promise<Worker>} */
  async function launch() {
    const site = await openSite(await certificate, library, companions);
    if (testBrowser() === "chromium") return launchFor(site);
    shared ??= launchTestBrowser();
    return joinWith(site, await shared);
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
        return await replay(scenario, worker.newContext, worker.site);
      } finally {
        release(worker);
      }
    },

    async close() {
      for (const launching of await Promise.allSettled(launched)) {
        if (launching.status === "rejected") continue;
        await launching.value.close();
        launching.value.site.close();
      }
      await (await shared)?.close();
    },
  };
}

/**
 * A browser of its own, which maps every host to the site.
 * @param {import("./site.mjs").Site} site
 * @returns {Promise<Worker>}
 */
async function launchFor(site) {
  const browser = await launchBrowser({
    hosts: `MAP * 127.0.0.1:${site.port}`,
    // A context's `ignoreHTTPSErrors` does not cover requests that outlive the page.
    args: ["--ignore-certificate-errors"],
  });
  return { site, newContext: () => browser.newContext(visitor), close: () => browser.close() };
}

/**
 * A context of a browser that others use as well, with a proxy that leads to the site.
 * @param {import("./site.mjs").Site} site
 * @param {Browser} browser
 * @returns {Promise<Worker>}
 */
async function joinWith(site, browser) {
  const tunnel = await openTunnel(site.port);
  const kept = keepContext(() => browser.newContext({ ...visitor, proxy: { server: tunnel.url } }), site);
  return {
    site,
    newContext: kept.newContext,
    async close() {
      await kept.close();
      tunnel.close();
    },
  };
}

/** @param {Scenario} scenario */
function estimateMs({ steps }) {
  return steps.reduce((sum, { wait = 0, requests = 0 }) => sum + 500 + wait + requests * 100, 0);
}
