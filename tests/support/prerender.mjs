// A page that the browser really prerenders (speculation rules). Chromium stops prerendering while a debugger is
// attached, so this page runs in a plain browser process without Playwright.
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireBrowser } from "../../scripts/lib/find-browser.mjs";
import { createCollector } from "../../www/collector.mjs";
import { listen } from "../../www/listen.mjs";
import { htmlPage, scriptTag } from "./pages.mjs";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--remote-debugging-port=0",
];

/** Prerenders /second, and goes there once /wait is answered. */
const first =
  htmlPage(`<script type="speculationrules">{"prerender":[{"urls":["/second"],"eagerness":"immediate"}]}</script>
<script>fetch("/wait").then(() => location.assign("/second"))</script>`);

/**
 * Opens a browser that prerenders a page. Resolves once that page has run its script while prerendered.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} script runs after dist/afterhit.js; `PORT` in it becomes the collector's port
 * @returns {Promise<{ collector: ReturnType<typeof createCollector>, show: () => void }>} show: navigates to the page
 */
export async function openPrerendered(t, script) {
  const collector = createCollector({ plan: "ok" });
  const collectorPort = await collector.listen();
  const second = htmlPage(`${scriptTag}<script>${script}</script>
<script>fetch("/prerendering?" + document.prerendering)</script>`);
  const site = serveBoth({ "/first": first(collectorPort), "/second": second(collectorPort) });
  const port = await listen(site.server);
  const stop = startBrowser(requireBrowser(), `http://localhost:${port}/first`);
  t.after(async () => {
    site.server.close();
    site.server.closeAllConnections();
    await collector.close();
    await stop();
  });
  const [prerendering] = await site.reported;
  if (prerendering !== "true") throw new Error("The browser did not prerender the page.");
  return { collector, show: site.show };
}

/** @param {Record<string, string>} pages HTML by path */
function serveBoth(pages) {
  /** @type {EventEmitter<{ report: [prerendering: string] }>} */
  const events = new EventEmitter();
  let show = () => {};
  const server = createServer(({ url = "" }, response) => {
    const [path = "", query = ""] = url.split("?");
    const html = pages[path];
    if (path === "/wait") show = () => void response.end();
    else if (path === "/afterhit.js")
      response
        .writeHead(200, { "content-type": "text/javascript" })
        .end(readFileSync(new URL("../../dist/afterhit.js", import.meta.url)));
    else if (html) response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
    else {
      response.writeHead(204).end();
      if (path === "/prerendering") events.emit("report", query);
    }
  });
  return { server, reported: once(events, "report"), show: () => show() };
}

/**
 * @param {string} chromium
 * @param {string} url
 * @returns {() => Promise<void>} stops it and deletes its profile
 */
function startBrowser(chromium, url) {
  const profile = mkdtempSync(join(tmpdir(), "afterhit-profile-"));
  const browser = spawn(chromium, [...FLAGS, `--user-data-dir=${profile}`, url], { stdio: "ignore" });
  const closed = once(browser, "close");
  return async () => {
    browser.kill();
    await closed;
    // The browser's child processes may still write to the profile for a moment.
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }).catch(() => {});
  };
}
