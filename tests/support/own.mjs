// Pages of a test's own for tracked.mjs; and a page that the browser has prerendered.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "../../scripts/lib/find-browser.mjs";
import { createCollector } from "../../www/collector.mjs";

export const library = '<script src="/afterhit.js"></script>';

/**
 * A page of a test's own for `openTracked`; `PORT` in it is the collector's.
 * @param {string} html
 */
export function own(html) {
  return (/** @type {number} */ port) =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Own</title>${html}`.replaceAll(
      "PORT",
      `${port}`,
    );
}

/**
 * The parameters of a hit.
 * @param {import("./tracked.mjs").Hit | undefined} hit
 */
export function parametersOf(hit) {
  return Object.fromEntries(new URLSearchParams(hit?.url.split("?")[1] || hit?.body));
}

/**
 * A page that the browser prerenders because of another one, which leads there when it is told to. Nothing that
 * debugs the browser may watch: it would stop the prerendering.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} script of the page, behind the library; `PORT` is the collector's
 * @returns {Promise<{ collector: ReturnType<typeof createCollector>, show: () => void }>} when it has said whether it is
 *   prerendered, by requesting `/prerendering?true`
 */
export async function openPrerendered(t, script) {
  const chromium = findBrowser();
  if (!chromium) throw new Error("There is no Chromium here: run `node scripts/setup.mjs --browser`.");
  const collector = createCollector({ plan: "ok" });
  const port = await collector.listen();
  const first =
    own(`<script type="speculationrules">{"prerender":[{"urls":["/second"],"eagerness":"immediate"}]}</script>
<script>fetch("/wait").then(() => location.assign("/second"))</script>`)(port);
  const second = own(`${library}<script>${script}</script>
<script>fetch("/prerendering?" + document.prerendering)</script>`)(port);
  /** @type {(said: string) => void} */
  let say = () => {};
  /** @type {Promise<string>} */
  const said = new Promise((resolve) => {
    say = resolve;
  });
  let show = () => {};
  const server = createServer(({ url = "" }, response) => {
    const [path, query = ""] = url.split("?");
    const html = { "/first": first, "/second": second }[path ?? ""];
    if (path === "/wait") show = () => void response.end();
    else if (path === "/afterhit.js")
      response
        .writeHead(200, { "content-type": "text/javascript" })
        .end(readFileSync(new URL("../../dist/afterhit.js", import.meta.url)));
    else if (html) response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
    else {
      response.writeHead(204).end();
      if (path === "/prerendering") say(query);
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  const profile = mkdtempSync(join(tmpdir(), "afterhit-profile-"));
  const flags =
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --remote-debugging-port=0";
  const browser = spawn(
    chromium,
    [...flags.split(" "), `--user-data-dir=${profile}`, `http://localhost:${address.port}/first`],
    { stdio: "ignore" },
  );
  const closed = once(browser, "close");
  t.after(async () => {
    server.close();
    server.closeAllConnections();
    await collector.close();
    browser.kill();
    await closed;
    // The browser's own processes may end, and write, a moment after it.
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }).catch(() => {});
  });
  if ((await said) !== "true") throw new Error("the browser has not prerendered the page");
  return { collector, show: () => show() };
}
