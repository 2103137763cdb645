// Plays one scenario in a browser, step by step, and says what the library did.
import { setTimeout as pause } from "node:timers/promises";
import { describeCookie, normaliseRequest } from "./normalise.mjs";

/**
 * @typedef {import("./scenarios.mjs").Scenario} Scenario
 * @typedef {import("./scenarios.mjs").Step} Step
 * @typedef {import("./scenarios.mjs").Findings} Findings
 * @typedef {import("playwright-core").Page} Page
 */

/** A scenario is settled when nothing has been requested for so long. */
const QUIET = 350;
/** Longest time that is waited for requests, or for quiet. */
const PATIENCE = 9000;

const visitor = {
  ignoreHTTPSErrors: true,
  viewport: { width: 1280, height: 720 },
  locale: "en-US",
  timezoneId: "UTC",
};

/**
 * @param {Scenario} scenario
 * @param {import("playwright-core").Browser} browser it finds the site under every host
 * @param {import("./site.mjs").Site} site
 * @returns {Promise<Findings & { stuck?: string }>} stuck: the step that could not be done, and why
 */
export async function play(scenario, browser, site) {
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
    const log = [];
    let stuck;
    for (const [index, step] of scenario.steps.entries()) {
      try {
        await take(step, page, site, arrivals);
      } catch (error) {
        const [reason] = `${error instanceof Error ? error.message : error}`.split("\n");
        stuck = `step ${index + 1} (${Object.keys(step).join(", ")}): ${reason}`;
      }
      log.push(...(await logOf(page)));
      if (stuck) break;
    }
    const kept = (await context.cookies()).filter(({ name }) => expectCookies?.includes(name));
    return {
      requests: arrivals.map((arrival) => normaliseRequest(arrival, scenario)),
      log,
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
async function take(step, page, site, arrivals) {
  if (step.goto) await page.goto(step.goto, { referer: step.referer, waitUntil: "load" });
  if (step.run) await page.evaluate(`(function(){${step.run}\n})()`);
  if (step.click) await page.click(step.click, { noWaitAfter: true, timeout: PATIENCE });
  if (step.wait) await pause(step.wait);
  if (step.requests) await arrived(site, arrivals, step.requests, step.within ?? PATIENCE);
  if (step.settle !== false) await Promise.all([settled(site), pausedIn(page)]);
}

/**
 * What has arrived here need not be answered there yet when the machine is busy: the page's own clock has to go on as well.
 * @param {Page} page which may be left meanwhile
 */
function pausedIn(page) {
  const paused = page.evaluate(`new Promise((end) => setTimeout(end, ${QUIET}))`).catch(() => {});
  return Promise.race([paused, pause(PATIENCE)]);
}

/**
 * @param {import("./site.mjs").Site} site
 * @param {unknown[]} arrivals
 * @param {number} count
 * @param {number} within
 * @returns {Promise<void>}
 */
function arrived(site, arrivals, count, within) {
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
    const quiet = setTimeout(done, QUIET);
    const patience = setTimeout(done, PATIENCE);
    const stop = site.watch(() => quiet.refresh());
  });
}

/**
 * The lines that the page has logged since the last time; none when it is just being left.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function logOf(page) {
  try {
    return await page.evaluate("(function(){var l=window.__log||[];window.__log=[];return l})()");
  } catch {
    return [];
  }
}
