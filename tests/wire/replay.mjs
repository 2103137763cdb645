// Replays one scenario in a browser, step by step, and returns what the library did.
import { setTimeout as pause } from "node:timers/promises";
import { describeCookie, normaliseLine, normaliseRequest } from "./normalise.mjs";

/**
 * @typedef {import("./scenarios.mjs").Scenario} Scenario
 * @typedef {import("./scenarios.mjs").Step} Step
 * @typedef {import("./scenarios.mjs").Recording} Recording
 * @typedef {import("playwright-core").Page} Page
 */

/** A step is settled when nothing has been requested for this long. */
const QUIET_MS = 350;
/** Longest wait for requests, or for quiet. */
const TIMEOUT_MS = 9000;

const visitor = {
  ignoreHTTPSErrors: true,
  viewport: { width: 1280, height: 720 },
  locale: "en-US",
  timezoneId: "UTC",
};

/**
 * @param {Scenario} scenario
 * @param {import("playwright-core").Browser} browser resolves every host to the site
 * @param {import("./site.mjs").Site} site
 * @returns {Promise<Recording & { stuck?: string }>} stuck: the step that failed, and why
 */
export async function replay(scenario, browser, site) {
  const arrivals = site.show(scenario);
  const context = await browser.newContext(visitor);
  try {
    const { cookies = {}, expectCookies } = scenario;
    const jar = Object.entries(cookies).map(([name, value]) => ({
      name,
      value,
      domain: ".example.com",
      path: "/",
    }));
    await context.addCookies(jar);
    const page = await context.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    /** @type {string[]} */
    const lines = [];
    page.on("console", (message) => {
      // What the browser itself says has no arguments.
      if (message.args().length > 0) lines.push(normaliseLine(message.text()));
    });
    /** @type {string[]} */
    const log = [];
    let stuck;
    for (const [index, step] of scenario.steps.entries()) {
      try {
        await perform(step, page, site, arrivals);
      } catch (error) {
        const [reason] = `${error instanceof Error ? error.message : error}`.split("\n");
        stuck = `step ${index + 1} (${Object.keys(step).join(", ")}): ${reason}`;
      }
      log.push(...(await takeLog(page)));
      if (stuck) break;
    }
    const isCompared = (/** @type {string} */ name) =>
      expectCookies?.some((expected) => expected === "*" || expected === name);
    const kept = (await context.cookies()).filter(({ name }) => isCompared(name));
    return {
      requests: arrivals.map((arrival) => normaliseRequest(arrival, scenario)),
      log,
      ...(scenario.expectConsole ? { console: lines } : {}),
      ...(expectCookies
        ? { cookies: Object.fromEntries(kept.map((cookie) => [cookie.name, describeCookie(cookie)])) }
        : {}),
      ...(errors.length > 0 ? { errors } : {}),
      ...(stuck ? { stuck } : {}),
    };
  } finally {
    await context.close();
  }
}

/**
 * @param {Step} step
 * @param {Page} page
 * @param {import("./site.mjs").Site} site
 * @param {unknown[]} arrivals
 */
async function perform(step, page, site, arrivals) {
  if (step.goto) await page.goto(step.goto, { referer: step.referer, waitUntil: "load" });
  if (step.run) await page.evaluate(`(function(){${step.run}\n})()`);
  if (step.click) await page.click(step.click, { noWaitAfter: true, timeout: TIMEOUT_MS });
  if (step.wait) await pause(step.wait);
  if (step.requests) await arrivedBy(site, arrivals, step.requests, step.within ?? TIMEOUT_MS);
  if (step.settle !== false) await Promise.all([settled(site), quietIn(page)]);
}

/**
 * Waits on the page's own clock as well: on a busy machine a request that has arrived here may not be answered there yet.
 * @param {Page} page it may be left meanwhile
 */
function quietIn(page) {
  const paused = page.evaluate(`new Promise((end) => setTimeout(end, ${QUIET_MS}))`).catch(() => {});
  return Promise.race([paused, pause(TIMEOUT_MS)]);
}

/**
 * Waits for a number of requests, or until the time is up: a missing request shows in the comparison.
 * @param {import("./site.mjs").Site} site
 * @param {unknown[]} arrivals
 * @param {number} count
 * @param {number} within milliseconds
 * @returns {Promise<void>}
 */
function arrivedBy(site, arrivals, count, within) {
  return new Promise((resolve) => {
    const look = () => {
      if (arrivals.length >= count) done();
    };
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, within);
    const stop = site.watch(look);
    look();
  });
}

/**
 * @param {import("./site.mjs").Site} site
 * @returns {Promise<void>}
 */
function settled(site) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(quiet);
      clearTimeout(patience);
      stop();
      resolve();
    };
    const quiet = setTimeout(done, QUIET_MS);
    const patience = setTimeout(done, TIMEOUT_MS);
    const stop = site.watch(() => quiet.refresh());
  });
}

/**
 * Takes the lines that the page has logged since the last call; none while the page is being left.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function takeLog(page) {
  try {
    return await page.evaluate("(function(){var l=window.__log||[];window.__log=[];return l})()");
  } catch {
    return [];
  }
}
