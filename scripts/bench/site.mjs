// Serves the bench's pages and its collector: two hosts of one site, as Adobe's customers have them.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { SERVER_OPTIONS } from "../../www/collector/listener.mjs";
import { listen } from "../../www/listen.mjs";
import { makeCertificate } from "../lib/certificate.mjs";
import { root } from "../lib/run.mjs";
import { createCollector } from "./collector.mjs";

const [pageHost, collectorHost] = ["www.shop.example", "data.shop.example"];

/** An ordinary page has cookies from other scripts, and reading them takes time. */
const cookies = [
  "_ga=GA1.2.1283917264.1760000000",
  "_ga_X1Y2Z3=GS1.1.1760000000.3.1.1760000000.0.0.0",
  "OptanonConsent=isGpcEnabled=0&datestamp=Sat+Nov+21+2026&version=202401.1.0&groups=C0001%3A1%2CC0002%3A1",
  "session=6f9d2c1e-54a7-4c56-9a0e-1b7f3a2d8c90",
].map((cookie) => `${cookie}; Path=/`);

/** Isolated pages have a clock with a resolution of 5 µs, and may measure their memory. */
const isolationHeaders = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cache-control": "no-store",
};

const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">
<script type="module" src="/page/main.js"></script><body><a href="/elsewhere">Elsewhere</a></body></html>`;

/** @param {import("./subjects.mjs").Subject[]} subjects */
export async function openSite(subjects) {
  const collector = createCollector();
  /** @type {Record<number, string>} */
  let urls = {};
  const server = createServer({ ...(await makeCertificate()), ...SERVER_OPTIONS }, (request, response) => {
    if (request.headers.host === collectorHost) return void collector.handle(request, response);
    // In the page's address, they would make every hit longer.
    if (request.url === "/urls")
      return void response.writeHead(200, isolationHeaders).end(JSON.stringify(urls));
    const { pathname } = new URL(request.url ?? "/", `https://${pageHost}`);
    if (pathname === "/") {
      response
        .writeHead(200, { ...isolationHeaders, "content-type": "text/html", "set-cookie": cookies })
        .end(html);
      return;
    }
    response.writeHead(200, { ...isolationHeaders, "content-type": "text/javascript; charset=utf-8" });
    response.end(scriptAt(pathname, subjects));
  });
  const port = await listen(server);

  return {
    collector,
    /** Sets the URLs that the floor requests. @param {Record<number, string>} byKind */
    setUrls(byKind) {
      urls = byKind;
    },
    /** Rules for the browser that map the hosts to this server. */
    hosts: `MAP *.shop.example 127.0.0.1:${port}`,
    /**
     * @param {import("./subjects.mjs").Subject} subject
     * @param {Record<string, string>} [query]
     */
    page: ({ name, tracker }, query = {}) =>
      `https://${pageHost}/?${new URLSearchParams({ name, tracker, collector: collectorHost, ...query })}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */

/**
 * @param {string} path
 * @param {import("./subjects.mjs").Subject[]} subjects
 */
function scriptAt(path, subjects) {
  if (path.startsWith("/page/")) return readFileSync(join(root, "scripts/bench", path));
  return subjects.find(({ name }) => path === `/library/${name}.js`)?.script ?? "";
}
