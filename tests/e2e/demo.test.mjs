// The demo in a real browser: what visitors do in the shop reaches the collector, and the inspector shows it decoded.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "../../scripts/lib/launch-browser.mjs";
import { serve } from "../../www/server.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").Locator} Locator
 * @typedef {import("../../www/collector.mjs").Hit} Hit
 */

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser.close());

/**
 * Starts a demo server and opens a page of it. Both close when the test ends, which fails if the page has thrown.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} [path]
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
async function open(t, path = "/", options = {}) {
  const demo = await serve({ port: 0 });
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  t.after(async () => {
    await context.close();
    await demo.close();
    assert.deepEqual(errors, []);
  });
  await page.goto(demo.url + path);
  return { ...demo, page, context };
}

/**
 * The card of the latest hit with this name.
 *
 * @param {Page} page
 * @param {string} name
 */
function card(page, name) {
  return page.locator(".card", { has: page.locator(".card-name").getByText(name, { exact: true }) }).first();
}

/**
 * @param {Locator} place
 * @param {string} selector
 * @param {string} text
 */
function see(place, selector, text) {
  return place.locator(selector, { hasText: text }).first().waitFor();
}

/**
 * A variable's value as the inspector shows it.
 *
 * @param {Locator} place
 * @param {string} name
 */
function shown(place, name) {
  return place
    .locator("dl div", { has: place.page().locator(`dt:text-is("${name}")`) })
    .locator("dd")
    .first()
    .textContent();
}

/** @param {string} text a part of the URL, percent-encoded */
function has(text) {
  return (/** @type {Hit} */ hit) => hit.url.includes(text);
}

test("a page view reaches the collector and is shown decoded", async (t) => {
  const { page, collector } = await open(t, "/?cid=spring");
  const hit = await collector.waitFor(has("pageName=overtone%3Ahome"));
  assert.equal(hit.method, "GET");

  const home = card(page, "overtone:home");
  await see(home, ".state", "Callback ran");
  await see(home, ".kind", "Page view");
  assert.equal(await shown(home, "channel"), "instruments");
  assert.equal(await shown(home, "events"), "event1");
  assert.equal(await shown(home, "prop1"), "instruments");
  assert.equal(await shown(home, "campaign"), "spring");
  assert.equal(await shown(home, "shop.cart.items"), "0");
  assert.equal(await shown(home, "report suites"), "overtonedemo");
});

test("a post-track callback is shown with the exact URL and its arguments, after the site's clearVars", async (t) => {
  const { page, collector, url } = await open(t);
  const hit = await collector.waitFor(has("pageName=overtone%3Ahome"));
  const run = card(page, "overtone:home").locator(".step.ran");
  await run.waitFor();
  assert.equal(await run.locator(".url").textContent(), url + hit.url);
  assert.deepEqual(await run.locator(".argument").allTextContents(), ['"param1"', '"param2"', '"param3"']);
  assert.match((await run.locator(".step-text").textContent()) ?? "", /s\.clearVars\(\)/);
  await see(card(page, "overtone:home"), ".step", "Outcome: delivered, 1 try");
});

test("a button sends a custom link", async (t) => {
  const { page, collector } = await open(t, "/products/tuning-fork");
  await page.getByRole("button", { name: "Strike the tuning fork" }).click();
  const hit = await collector.waitFor(has("pe=lnk_o"));
  assert.match(hit.url, /&events=event5&/);

  const link = card(page, "Strike Tuning fork");
  await see(link, ".state", "Callback ran");
  await see(link, ".kind", "Custom link");
  assert.equal(await shown(link, "eVar5"), "A4");
  assert.equal(await shown(link, "sound.hertz"), "440");
});

test("a download sends a download link", async (t) => {
  const { page, collector } = await open(t, "/products/gong");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /care guide/ }).click();
  assert.equal((await download).suggestedFilename(), "overtone-care-guide.pdf");
  await collector.waitFor(has("pe=lnk_d"));
  await see(card(page, "Care guide"), ".kind", "Download link");
  await see(card(page, "Care guide"), ".state", "Callback ran");
});

test("a link to another site sends an exit link", async (t) => {
  const { page, collector, context } = await open(t, "/products/handbell");
  await context.route("https://en.wikipedia.org/**", (route) => route.fulfill({ body: "A bell." }));
  const elsewhere = context.waitForEvent("page");
  await page.getByRole("link", { name: /Wikipedia/ }).click();
  await elsewhere;
  await collector.waitFor(has("pe=lnk_e"));
  await see(card(page, "Wikipedia: strike tone"), ".kind", "Exit link");
});

test("an order sends one purchase, and going back to its page sends no second one", async (t) => {
  const { page, collector } = await open(t);
  await page.getByRole("link", { name: "Singing bowl" }).click();
  await page.getByRole("radio", { name: "Smooth" }).check();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await collector.waitFor(has("events=scAdd"));
  await page.getByRole("link", { name: "Go to the cart" }).click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByRole("radio", { name: /By courier/ }).check();
  await page.getByRole("button", { name: "Place the order" }).click();

  const order = await page.locator("#shop-page strong").first().textContent();
  const hit = await collector.waitFor(has("purchaseID="));
  assert.match(hit.url, new RegExp(`&purchaseID=${order}&`));
  const thanks = card(page, "overtone:thanks");
  await see(thanks, ".state", "Callback ran");
  await see(thanks, ".kind", "Purchase");
  assert.equal(await shown(thanks, "events"), "purchase,event7");
  assert.equal(await shown(thanks, "products"), "Bowls;OT-310;1;189.00;;eVar6=Smooth");
  assert.equal(await shown(thanks, "purchaseID"), order);
  assert.equal(await shown(thanks, "eVar2"), "By courier");
  assert.equal(await shown(thanks, "currencyCode"), "EUR");
  assert.ok(!collector.hits.some(has("example.com")), "what the visitor typed is not tracked");

  await page.getByRole("link", { name: "Back to the instruments" }).click();
  await page.goBack();
  const thanksAgain = (/** @type {Hit} */ { url, number }) =>
    url.includes("thanks") && number > hit.number + 1;
  assert.doesNotMatch((await collector.waitFor(thanksAgain)).url, /purchase/);
});

test("while the collector fails no callback runs; after that the hit arrives once", async (t) => {
  const { page, collector, url } = await open(t);
  await see(card(page, "overtone:home"), ".state", "Callback ran");
  const fail = page.getByRole("switch", { name: "Make the collector fail" });
  await fail.click();
  await page.locator("#fault-switch[aria-checked=true]").waitFor();

  await page.getByRole("link", { name: "Handbell" }).click();
  const refused = await collector.waitFor(({ answered }) => answered === "500");
  const bell = card(page, "overtone:product:handbell");
  await see(bell, ".state", "Not collected yet");
  await see(page.locator("#inspector"), "#count-waiting", "1");
  assert.equal(await bell.locator(".step.ran").count(), 0);
  assert.equal(await page.locator("#count-callbacks").textContent(), "1");

  await fail.click();
  await page.locator("#fault-switch[aria-checked=false]").waitFor();
  await collector.waitFor((hit) => hit.url === refused.url && hit.collected);
  await see(bell, ".state", "Callback ran");
  await see(bell, ".step", "Outcome: delivered");
  assert.equal(collector.hits.filter((hit) => hit.url === refused.url && hit.collected).length, 1);
  assert.equal(await bell.locator(".step.ran").count(), 1);
  assert.equal(await bell.locator(".step.ran .url").textContent(), url + refused.url);
  assert.equal(await page.locator("#count-waiting").textContent(), "0");
});

test("hits that fail are shown as waiting, and arrive once each", async (t) => {
  const { page, collector } = await open(t);
  await page.getByRole("link", { name: "Triangle" }).click();
  await see(card(page, "overtone:product:triangle"), ".state", "Callback ran");
  collector.plan("drop");
  await page.locator("#fault-switch[aria-checked=true]").waitFor();
  await page.getByRole("button", { name: "Strike the triangle" }).click();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await see(page.locator("#inspector"), "#count-waiting", "2");
  collector.plan("ok");
  await see(card(page, "Add Triangle to cart"), ".state", "Callback ran");
  await see(card(page, "Strike Triangle"), ".state", "Callback ran");
  const arrived = collector.hits
    .filter(({ collected }) => collected)
    .map(({ url }) => new URLSearchParams(url));
  assert.deepEqual(arrived.map((hit) => hit.get("pev2") ?? hit.get("pageName")).toSorted(), [
    "Add Triangle to cart",
    "Strike Triangle",
    "overtone:home",
    "overtone:product:triangle",
  ]);
});

test("values of a hit are shown as text, never as HTML", async (t) => {
  const { page, url } = await open(t);
  const name = "<img src=x onerror=document.title=1>";
  await fetch(`${url}/b/ss/other/1/JS-1/s1?AQB=1&pageName=${encodeURIComponent(name)}&AQE=1`);
  await see(page.locator("#hits"), ".card-name", name);
  assert.equal(await page.locator("#hits img").count(), 0);
});

test("the inspector page shows the hits of any page, also earlier ones", async (t) => {
  const { page, url, collector } = await open(t, "/favicon.svg", { viewport: PHONE });
  await fetch(`${url}/b/ss/mine/1/JS-1/s1`, { method: "POST", body: "AQB=1&pageName=Early&AQE=1" });
  await page.goto(`${url}/inspector`);
  await see(card(page, "Early"), ".state", "Collected");
  await fetch(`${url}/b/ss/mine/1/JS-1/s2?AQB=1&pe=lnk_d&pev2=Late&AQE=1`);
  await see(card(page, "Late"), ".kind", "Download link");
  await page.getByRole("button", { name: "Clear" }).click();
  await page.locator("#no-hits").waitFor();
  assert.equal(await page.locator(".card").count(), 0);
  assert.equal(collector.hits.length, 0);
});

test("everything works with the keyboard, and is announced to screen readers", async (t) => {
  const { page, collector } = await open(t);
  await see(card(page, "overtone:home"), ".state", "Callback ran");
  await see(page.locator("body"), "#announcer", "Page view overtone:home: Callback ran");

  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Skip to the shop");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Skip to the inspector");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Make the collector fail");
  await page.keyboard.press("Space");
  await page.locator("#fault-switch[aria-checked=true]").waitFor();
  await page.keyboard.press("Space");
  await page.locator("#fault-switch[aria-checked=false]").waitFor();

  await page.getByRole("link", { name: "Wind gong" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#shop-heading:focus").waitFor();
  assert.equal(await focused(), "Wind gong");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Add to cart");
  await page.keyboard.press("Enter");
  await collector.waitFor(has("eVar6%3DRaw"));
  await see(page.locator("body"), "#announcer", "Custom link Add Wind gong to cart: Callback ran");

  const summary = card(page, "overtone:home").locator(".card-head");
  await summary.focus();
  await page.keyboard.press("Enter");
  await card(page, "overtone:home").locator(".timeline").waitFor();
});

test("on a phone nothing scrolls sideways, and the inspector is a sheet", async (t) => {
  const { page } = await open(t, "/", { viewport: PHONE, hasTouch: true });
  const handle = page.locator("#sheet-handle");
  const narrow = async () => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= PHONE.width, `${new URL(page.url()).pathname} is ${width} wide`);
  };
  await see(handle, ".latest-state", "Callback ran");
  await narrow();
  assert.equal(await page.locator("#inspector-body").getAttribute("inert"), "");

  await handle.focus();
  await page.keyboard.press("Enter");
  await card(page, "overtone:home").locator(".timeline").waitFor();
  assert.equal(await handle.getAttribute("aria-expanded"), "true");
  await narrow();
  const inner = await page.locator("#inspector-body").evaluate((body) => body.scrollWidth - body.clientWidth);
  assert.equal(inner, 0);
  await page.keyboard.press("Escape");
  await page.locator("#sheet-handle[aria-expanded=false]:focus").waitFor();
  assert.equal(await page.locator("#inspector-body").isVisible(), false);

  await page.getByRole("link", { name: "Tubular chime" }).tap();
  await see(handle, ".latest-name", "tubular-chime");
  await narrow();
  await page.getByRole("button", { name: "Add to cart" }).tap();
  for (const [link, title] of [
    ["Go to the cart", "Your cart"],
    ["Check out", "Checkout"],
  ]) {
    await page.getByRole("link", { name: String(link) }).tap();
    await page.getByRole("heading", { name: String(title) }).waitFor();
    await narrow();
  }
  await page.getByRole("button", { name: "Place the order" }).tap();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  await narrow();
});

test("nothing is animated with prefers-reduced-motion", async (t) => {
  const { page } = await open(t, "/", { reducedMotion: "reduce" });
  await see(card(page, "overtone:home"), ".state", "Callback ran");
  await page.getByRole("button", { name: "Strike the handbell" }).click();
  await page.locator(".struck").waitFor();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
});
