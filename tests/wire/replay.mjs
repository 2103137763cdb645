// Replays one scenario in a browser, step by step, and returns what the library did.
import { setTimeout as pause } from "node:timers/promises";
import { asMade, isThrown } from "../../scripts/lib/browser-quirks.mjs";
import { testBrowser } from "../../scripts/lib/find-browser.mjs";
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
/** Longest wait for an element to click: on a busy machine a driver takes long to look. */
const CLICK_TIMEOUT_MS = 60_000;

/**
 * @param {Scenario} scenario
 * @param {import("./browser-pool.mjs").Worker["newContext"]} newContext of a browser in which every host leads to the site
 * @param {import("./site.mjs").Site} site
 * @returns {Promise<Recording & { stuck?: string }>} stuck: the step that failed, and why
 */
export async function replay(scenario, newContext, site) {
  const arrivals = site.show(scenario);
  const context = await newContext();
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
    page.on("pageerror", (error) => {
      if (isThrown(error)) errors.push(error.message);
    });
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
    if (testBrowser() !== "chromium") sortLike(kept, scenario.expect.cookies);
    return {
      requests: arrivals.map((arrival) =>
        normaliseRequest({ ...arrival, url: asMade(arrival.url) }, scenario),
      ),
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
  if (step.goto) await load(step.goto, step.referer, page, site);
  if (step.run) await page.evaluate(`(function(){${step.run}\n})()`);
  if (step.click) await page.click(step.click, { noWaitAfter: true, timeout: CLICK_TIMEOUT_MS });
  if (step.wait) await pause(step.wait);
  if (step.requests) await arrivedBy(site, arrivals, step.requests, step.within ?? TIMEOUT_MS);
  if (step.settle !== false) await Promise.all([settled(site), quietIn(page)]);
}

/**
 * Only Chromium lists cookies in the order of their creation.
 * @param {{ name: string }[]} cookies
 * @param {Record<string, string>} [expected]
 */
function sortLike(cookies, expected = {}) {
  const order = Object.keys(expected);
  cookies.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

/**
 * Only Chromium's driver can set a referrer; elsewhere the page of that address leads to the other one.
 * @param {string} url
 * @param {string | undefined} referer
 * @param {Page} page
 * @param {import("./site.mjs").Site} site
 */
async function load(url, referer, page, site) {
  if (!referer || testBrowser() === "chromium") return void (await page.goto(url, { referer }));
  site.lead(referer, url);
  const arrival = page.waitForURL(({ href }) => href === new URL(url).href);
  // The page may be gone before it counts as loaded.
  await Promise.all([arrival, page.goto(referer).catch(() => {})]);
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
