// A page with dist/afterhit.js as a site has it, in a fresh profile of a real Chromium, and a collector of its own.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after } from "node:test";
import { launchBrowser } from "../../scripts/lib/launch-browser.mjs";
import { createCollector } from "../../www/collector.mjs";

/**
 * @typedef {import("../../src/entry/afterhit.d.ts").Tracker & Record<string, any>} Tracker
 * @typedef {import("../../src/entry/afterhit.d.ts").Outcome} Outcome
 * @typedef {import("../../www/collector.mjs").Hit} Hit
 *
 * @typedef {object} Globals what the page's own script has made
 * @property {Tracker} s
 * @property {(suites: string) => Tracker} s_gi
 * @property {any[][]} calls what the functions made by `note` were called with, behind their name
 * @property {(name: string) => (...list: any[]) => void} note
 * @property {(url: string) => string | null} pageOf the pageName in a request URL
 *
 * @typedef {object} Options
 * @property {import("../../www/collector/plan.mjs").Plan} [plan] what the collector answers
 * @property {string} [before] a script that runs before the tracker's
 * @property {(collectorPort: number) => string} [html] a page of the test's own, which loads `/afterhit.js` by itself;
 *   `run` and what is built on it need its `globals`
 * @property {boolean} [fakeTime] timers go off when the test lets time `fly`
 */

const library = new URL("../../dist/afterhit.js", import.meta.url);
const trackingPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<script src="/afterhit.js"></script>
<script>
  var s = s_gi("suite");
  s.trackingServer = "127.0.0.1:" + location.pathname.split("/")[1];
  var calls = [];
  var note = (name) => (...list) => void calls.push([name, ...list]);
  var pageOf = (url) => new URL(url).searchParams.get("pageName");
  var globals = { s, s_gi, calls, note, pageOf };
</script><body></body></html>`;

/** Pages of tests, by path. @type {Map<string | undefined, string>} */
const pages = new Map();

/** @type {ReturnType<typeof start> | undefined} */
let started;

async function start() {
  const server = createServer((request, response) => {
    if (request.url === "/afterhit.js")
      response.writeHead(200, { "content-type": "text/javascript" }).end(readFileSync(library));
    else
      response
        .writeHead(200, { "content-type": "text/html; charset=utf-8" })
        .end(pages.get(request.url) ?? trackingPage);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { browser: await launchBrowser(), server, port };
}

after(async () => {
  const running = await started?.catch(() => undefined);
  await running?.browser.close();
  running?.server.close();
  running?.server.closeAllConnections();
});

/**
 * Opens a page for a test, and fails that test when anything was thrown into the page.
 *
 * @param {import("node:test").TestContext} t
 * @param {Options} [options]
 */
export async function openTracked(t, { plan = "ok", before, html, fakeTime = false } = {}) {
  started ??= start();
  const { browser, port } = await started;
  const collector = createCollector({ plan });
  const collectorPort = await collector.listen();
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  /** @type {import("playwright-core").ConsoleMessage[]} */
  const messages = [];
  page.on("console", (message) => messages.push(message));
  t.after(async () => {
    await context.close();
    await collector.close();
    assert.deepEqual(errors, [], "nothing is thrown into the page");
  });
  if (fakeTime) await page.clock.install();
  if (before) await page.addInitScript(before);
  const address = `http://localhost:${port}/${collectorPort}/`;
  if (html) pages.set(new URL(address).pathname, html(collectorPort));
  await page.goto(address);

  /**
   * Runs a function in the page, with what the page's script has made.
   *
   * @template T
   * @param {(page: Globals) => T} work
   * @returns {Promise<Awaited<T>>}
   */
  function run(work) {
    return page.evaluate(`(${work})(globals)`);
  }

  return {
    page,
    context,
    collector,
    address,
    run,
    /** What the noted functions were called with. */
    calls: () => run(({ calls }) => calls),
    /** The names of the noted functions, in the order of their calls. */
    called: () => run(({ calls }) => calls.map(([name]) => name)),
    /**
     * The whole address of a hit as the collector saw it, a body behind a question mark.
     * @param {Hit | undefined} hit
     */
    urlOf: (hit) => (hit ? `http://${hit.host}${hit.url}${hit.body ? `?${hit.body}` : ""}` : ""),
    /** What has arrived, by page name. */
    pages: () => collector.hits.map(pageName),
    /**
     * What the console showed.
     * @param {string} [type] "error", "log" …
     */
    said: (type) => messages.filter((one) => !type || one.type() === type).map((one) => one.text()),
    /**
     * Lets the page's time fly until something has come of it: a failed hit is tried again after seconds.
     *
     * @template T
     * @param {Promise<T>} wanted
     * @returns {Promise<T>}
     */
    async fly(wanted) {
      let isOpen = true;
      const done = () => {
        isOpen = false;
      };
      wanted.then(done, done);
      while (isOpen) await page.clock.runFor(5000);
      return wanted;
    },
  };
}

/**
 * The pageName of a hit, or the name of its link.
 * @param {Hit} hit
 */
export function pageName({ url, body }) {
  const query = new URLSearchParams(url.split("?")[1] || body);
  return query.get("pev2") ?? query.get("pageName") ?? "";
}
