// A pool of browsers that replays scenarios in parallel. Each browser has a site of its own.

import { makeCertificate } from "../../scripts/lib/certificate.mjs";
import { launchBrowser } from "../../scripts/lib/launch-browser.mjs";
import { replay } from "./replay.mjs";
import { openSite } from "./site.mjs";

/**
 * @typedef {import("./scenarios.mjs").Scenario} Scenario
 * @typedef {Awaited<ReturnType<typeof replay>>} Replayed
 */

/** A scenario mostly waits, so there may be more browsers than cores. With more than six on two cores, timing suffers. */
export const POOL_SIZE = 6;

/**
 * @param {Buffer} library the script under test
 * @param {number} [size]
 */
export function createPool(library, size = POOL_SIZE) {
  const certificate = makeCertificate();
  /** @type {ReturnType<typeof launch>[]} */
  const launched = [];
  /** @type {ReturnType<typeof launch>[]} */
  const idle = [];

  async function launch() {
    const site = await openSite(await certificate, library);
    const browser = await launchBrowser({
      hosts: `MAP * 127.0.0.1:${site.port}`,
      // A context's `ignoreHTTPSErrors` does not cover requests that outlive the page.
      args: ["--ignore-certificate-errors"],
    });
    return { site, browser };
  }

  function takeIdleOrLaunch() {
    const free = idle.pop();
    if (free) return free;
    const launching = launch();
    launched.push(launching);
    return launching;
  }

  /**
   * Replays one scenario now, in an idle browser or a new one.
   * @param {Scenario} scenario
   * @returns {Promise<Replayed>}
   */
  async function replayOne(scenario) {
    const worker = takeIdleOrLaunch();
    try {
      const { site, browser } = await worker;
      return await replay(scenario, browser, site);
    } finally {
      idle.push(worker);
    }
  }

  /**
   * Replays scenarios, as many at a time as the pool has browsers.
   * @param {Scenario[]} scenarios
   * @returns {Map<Scenario, Promise<Replayed>>} in the order of `scenarios`
   */
  function replayAll(scenarios) {
    /** @type {{ scenario: Scenario, resolve: (found: Promise<Replayed>) => void }[]} */
    const waiting = [];
    /** @type {Map<Scenario, Promise<Replayed>>} */
    const results = new Map();
    for (const scenario of scenarios) {
      const result = new Promise((resolve) => waiting.push({ scenario, resolve }));
      // The caller may await it late: until then a failure must not count as unhandled.
      result.catch(() => {});
      results.set(scenario, result);
    }
    // Longest first, so that the pool does not end up waiting for one long scenario.
    waiting.sort((one, other) => estimateMs(other.scenario) - estimateMs(one.scenario));
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const result = replayOne(next.scenario);
        next.resolve(result);
        await result.catch(() => {});
      }
    };
    for (let i = 0; i < size; i++) work();
    return results;
  }

  async function close() {
    for (const launching of await Promise.allSettled(launched)) {
      if (launching.status === "rejected") continue;
      await launching.value.browser.close();
      launching.value.site.close();
    }
  }

  return { replay: replayOne, replayAll, close };
}

/** @param {Scenario} scenario */
function estimateMs({ steps }) {
  return steps.reduce((sum, { wait = 0, requests = 0 }) => sum + 500 + wait + requests * 100, 0);
}
