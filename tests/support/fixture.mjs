// The fixture of the end-to-end tests: a page that loads dist/afterhit.js as a site does, in a fresh profile of a real
// browser, and a collector of its own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after } from "node:test";
import { asMade, isThrown } from "../../scripts/lib/browser-quirks.mjs";
import { testBrowser } from "../../scripts/lib/find-browser.mjs";
import { launchTestBrowser } from "../../scripts/lib/launch-browser.mjs";
import { reportTag } from "../../scripts/lib/page-reports.mjs";
import { createCollector } from "../../www/collector.mjs";
import { listen } from "../../www/listen.mjs";
import { fakeClock } from "./fake-clock.mjs";

/**
 * @typedef {import("../../src/entry/afterhit.d.ts").Tracker & Record<string, any>} Tracker
 * @typedef {import("../../src/entry/afterhit.d.ts").Outcome} Outcome
 * @typedef {import("../../www/collector.mjs").Hit} Hit
 *
 * @typedef {object} Globals what the page's script defines
 * @property {Tracker} s
 * @property {(suites: string) => Tracker} s_gi
 * @property {any[][]} calls one entry for each call of a spy: the spy's name, then the arguments
 * @property {(name: string) => (...list: any[]) => void} spy makes a function whose calls are recorded
 * @property {(url: string) => string | null} pageNameOf the pageName in a request URL
 *
 * @typedef {object} Options
 * @property {import("../../www/collector/plan.mjs").Plan} [plan] what the collector answers
 * @property {string} [before] a script that runs before the tracker's
 * @property {(collectorPort: number) => string} [html] another page, see pages.mjs; `run` and the helpers built on it
 *   need its script to define `globals`
 * @property {Record<string, string>} [headers] of the page
 * @property {boolean} [fakeTime] timers fire only during `fastForward`
 */

const library = new URL("../../dist/afterhit.js", import.meta.url);
const trackingPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<script src="/afterhit.js"></script>
<script>
  var s = s_gi("suite");
  s.trackingServer = "127.0.0.1:" + location.pathname.split("/")[1];
  var calls = [];
  var spy = (name) => (...list) => void calls.push([name, ...list]);
  var pageNameOf = (url) => new URL(url).searchParams.get("pageName");
  var globals = { s, s_gi, calls, spy, pageNameOf };
</script><body></body></html>`;

/**
 * The HTML and headers of tests that bring their own, by path.
 * @type {Map<string | undefined, { html: string, headers: Record<string, string> }>}
 */
const pages = new Map();

/** One browser and one site for all tests of a file. @type {ReturnType<typeof start> | undefined} */
let started;

async function start() {
  const server = createServer((request, response) => {
    if (request.url === "/afterhit.js")
      response.writeHead(200, { "content-type": "text/javascript" }).end(readFileSync(library));
    else {
      const page = pages.get(request.url);
      response
        .writeHead(200, { "content-type": "text/html; charset=utf-8", ...page?.headers })
        .end(page?.html ?? trackingPage);
    }
  });
  const port = await listen(server);
  return { browser: await launchTestBrowser(), server, port };
}

after(async () => {
  const running = await started?.catch(() => undefined);
  await running?.browser.close();
  running?.server.close();
  running?.server.closeAllConnections();
});

/**
 * Opens a page for a test. The test fails if the tracker throws anything into the page.
 *
 * @param {import("node:test").TestContext} t
 * @param {Options} [options]
 */
export async function openPage(t, { plan = "ok", before, html, headers = {}, fakeTime = false } = {}) {
  started ??= start();
  const { browser, port } = await started;
  const collector = createCollector({ plan });
  const collectorPort = await collector.listen();
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => {
    if (isThrown(error)) errors.push(error.message);
  });
  /** @type {import("playwright-core").ConsoleMessage[]} */
  const messages = [];
  page.on("console", (message) => messages.push(message));
  t.after(async () => {
    await context.close();
    await collector.close();
    assert.deepEqual(errors, [], "nothing is thrown into the page");
  });
  const address = `http://localhost:${port}/${collectorPort}/`;
  let firstTags = reportTag;
  if (testBrowser() === "webkit") {
    // Its driver cannot add scripts to a page.
    firstTags += `<script>${fakeTime ? fakeClock : ""}${before ?? ""}</script>`;
  } else {
    if (fakeTime) await page.clock.install();
    if (before) await page.addInitScript(before);
  }
  const content = html?.(collectorPort) ?? trackingPage;
  pages.set(new URL(address).pathname, {
    html: firstTags ? `<!doctype html>${firstTags}${content}` : content,
    headers,
  });
  await page.goto(address);

  /**
   * Runs a function in the page and passes it the page's globals.
   *
   * @template T
   * @param {(page: Globals) => T} work
   * @returns {Promise<Awaited<T>>}
   */
  function run(work) {
    return page.evaluate(`(${work})(globals)`);
  }

  /**
   * A barrier for assertions of absence. Makes a round trip from the page to the collector: every hit that the page has
   * requested before has arrived by then.
   */
  async function roundTrip() {
    await page.evaluate(
      (url) => fetch(url, { mode: "no-cors" }).then(() => {}),
      `http://127.0.0.1:${collectorPort}/__plan`,
    );
  }

  return {
    page,
    context,
    collector,
    address,
    run,
    roundTrip,
    /** Waits for the outcome of the latest call, and then for a round trip. */
    async settle() {
      await run(({ s }) => s.outcome());
      await roundTrip();
    },
    /** The calls of all spies, in order: name and arguments. */
    calls: () => run(({ calls }) => calls),
    /** The names of the spies that were called, in order. */
    called: () => run(({ calls }) => calls.map(([name]) => name)),
    /**
     * The whole URL of a hit as the collector received it; the body of a POST follows a question mark.
     * @param {Hit | undefined} hit
     */
    urlOf: (hit) => (hit ? `http://${hit.host}${asMade(hit.url)}${hit.body ? `?${hit.body}` : ""}` : ""),
    /** The page names (of links: the link names) of the hits that arrived, in order. */
    arrived: () => collector.hits.map(pageName),
    /**
     * The messages on the page's console.
     * @param {string} [type] "error", "log" …
     */
    logged: (type) => messages.filter((one) => !type || one.type() === type).map((one) => one.text()),
    /**
     * Advances the page's clock until a promise settles. Retries of a failed hit are seconds apart.
     *
     * @template T
     * @param {Promise<T>} wanted
     * @returns {Promise<T>}
     */
    async fastForward(wanted) {
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
 * The parameters of a hit.
 * @param {Hit | undefined} hit
 */
export function parametersOf(hit) {
  return Object.fromEntries(new URLSearchParams(hit?.url.split("?")[1] || hit?.body));
}

/**
 * The page name of a hit, or the name of its link.
 * @param {Hit} hit
 */
export function pageName(hit) {
  const { pev2, pageName } = parametersOf(hit);
  return pev2 ?? pageName ?? "";
}
