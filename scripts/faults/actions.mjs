// What faults are made of: visitors who track, go offline, and leave pages.
import { testBrowser } from "../lib/find-browser.mjs";

/**
 * @typedef {import("./fixture.mjs").Fixture} Fixture
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").BrowserContext} Visitor
 */

/**
 * Makes a page's first call and waits for its response: from then on, the tracker knows that its requests leave at once.
 *
 * @param {Fixture} fixture
 * @param {Page} page
 */
export async function warmUp(fixture, page) {
  await fixture.call(page, 1);
  await page.evaluate("harness.answered");
}

/**
 * Spreads calls and waits until all have been answered: a request that is open when the network fails may have arrived.
 *
 * @param {Fixture} fixture
 * @param {Page} page
 * @param {number} count
 * @param {number} intervalMs
 */
export async function spreadUntilAnswered(fixture, page, count, intervalMs) {
  await fixture.spread(page, count, intervalMs);
  await fixture.tally.until(({ ran, called }) => ran === called);
}

/**
 * @param {Visitor} visitor
 * @param {Page} page waits until it knows
 */
export async function goOffline(visitor, page) {
  await visitor.setOffline(true);
  await page.evaluate("harness.offline");
}

/**
 * Goes offline with a page that will be left offline. Chromium ends DevTools' network emulation just before such a page
 * gets pagehide, unlike a real network.
 *
 * @param {Visitor} visitor
 * @param {Page} page
 */
export async function stayOffline(visitor, page) {
  await goOffline(visitor, page);
  await page.evaluate('void Object.defineProperty(navigator, "onLine", { value: false })');
}

/**
 * Goes online again. Firefox's driver does not tell the pages that were loaded offline, unlike a real network.
 * @param {Visitor} visitor
 */
export async function goOnline(visitor) {
  await visitor.setOffline(false);
  if (testBrowser() !== "firefox") return;
  await Promise.all(visitor.pages().map((page) => page.evaluate('void dispatchEvent(new Event("online"))')));
}

/**
 * @param {Visitor} visitor
 * @param {Page} opener
 * @param {string} script opens a page
 * @returns {Promise<Page>} loaded
 */
export async function openFrom(visitor, opener, script) {
  const [opened] = await Promise.all([visitor.waitForEvent("page"), opener.evaluate(script)]);
  await opened.waitForLoadState("load");
  return opened;
}

/**
 * @param {Fixture} fixture
 * @param {Page} page
 * @param {(next: string) => string} script navigates to another page, whose address it gets as a literal
 */
async function navigate(fixture, page, script) {
  const next = fixture.address();
  const arrival = page.waitForURL(next);
  await page.evaluate(script(JSON.stringify(next)));
  await arrival;
}

/**
 * Navigates to another page right after `count` calls.
 *
 * @param {Fixture} fixture
 * @param {Page} page
 * @param {number} count
 */
export const leave = (fixture, page, count) =>
  navigate(fixture, page, (next) => `harness.leave(${fixture.tally.reserve(count)}, ${count}, ${next})`);

/**
 * Makes a call, and navigates to another page later.
 *
 * @param {Fixture} fixture
 * @param {Page} page
 * @param {number} afterMs
 */
export const leaveLater = (fixture, page, afterMs) =>
  navigate(
    fixture,
    page,
    (next) => `harness.call(${fixture.tally.reserve(1)}, 1), harness.leaveAfter(${afterMs}, ${next})`,
  );

/**
 * Tracks a link that the tracker follows itself.
 *
 * @param {Fixture} fixture
 * @param {Page} page
 */
export const follow = (fixture, page) =>
  navigate(fixture, page, (next) => `harness.follow(${fixture.tally.reserve(1)}, ${next})`);

/**
 * Reloads a page right after `count` calls.
 *
 * @param {Fixture} fixture
 * @param {Page} page
 * @param {number} count
 */
export async function reload(fixture, page, count) {
  const reloaded = page.waitForEvent("load");
  await page.evaluate(`harness.reload(${fixture.tally.reserve(count)}, ${count})`).catch(() => undefined);
  await reloaded;
}

/**
 * Closes a tab right after `count` calls. For WebKit, where no script can open a tab that it may close.
 *
 * @param {Fixture} fixture
 * @param {Visitor} visitor
 * @param {number} count
 */
export async function closeByDriver(fixture, visitor, count) {
  const page = await fixture.open(visitor, { closes: "" });
  await warmUp(fixture, page);
  await fixture.call(page, count);
  await page.close();
}

/**
 * Leaves pages right after their first calls, before anything is answered.
 *
 * @param {Fixture} fixture
 * @param {number} hits
 * @param {number} pages
 */
export async function leaveUnanswered(fixture, hits, pages) {
  await distribute(hits, pages, async (count) => {
    await leave(fixture, await fixture.open(await fixture.visitor()), count);
  });
}

/**
 * Distributes hits evenly over several turns, one turn after the other.
 *
 * @param {number} hits
 * @param {number} turns
 * @param {(count: number) => Promise<unknown>} turn
 */
export async function distribute(hits, turns, turn) {
  for (let left = turns, rest = hits; left > 0; left--) {
    const count = Math.ceil(rest / left);
    rest -= count;
    await turn(count);
  }
}
