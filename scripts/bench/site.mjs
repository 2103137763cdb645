// The pages of the bench and the collector beside them: two hosts of one site, as at customers of Adobe.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { SERVER_OPTIONS } from "../../www/collector/listener.mjs";
import { makeCertificate } from "../lib/certificate.mjs";
import { root } from "../lib/run.mjs";
import { createCollector } from "./collector.mjs";

const [pages, collects] = ["www.shop.example", "data.shop.example"];

/** An ordinary page has cookies of others; reading them takes its time. */
const cookies = [
  "_ga=GA1.2.1283917264.1760000000",
  "_ga_X1Y2Z3=GS1.1.1760000000.3.1.1760000000.0.0.0",
  "OptanonConsent=isGpcEnabled=0&datestamp=Sat+Nov+21+2026&version=202401.1.0&groups=C0001%3A1%2CC0002%3A1",
  "session=6f9d2c1e-54a7-4c56-9a0e-1b7f3a2d8c90",
].map((cookie) => `${cookie}; Path=/`);

/** Isolated pages have a clock of 5 µs, and may measure their memory. */
const isolated = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cache-control": "no-store",
};

const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">
<script type="module" src="/page/main.js"></script><body><a href="/elsewhere">Elsewhere</a></body></html>`;

/** @param {import("./contenders.mjs").Contender[]} contenders */
export async function openSite(contenders) {
  const collector = createCollector();
  /** @type {Record<number, string>} */
  let urls = {};
  const server = createServer({ ...(await makeCertificate()), ...SERVER_OPTIONS }, (request, response) => {
    if (request.headers.host === collects) return void collector.handle(request, response);
    // They do not stand in the page's address, which would make every hit longer.
    if (request.url === "/urls") return void response.writeHead(200, isolated).end(JSON.stringify(urls));
    const { pathname } = new URL(request.url ?? "/", `https://${pages}`);
    if (pathname === "/") {
      response.writeHead(200, { ...isolated, "content-type": "text/html", "set-cookie": cookies }).end(html);
      return;
    }
    response.writeHead(200, { ...isolated, "content-type": "text/javascript; charset=utf-8" });
    response.end(scriptAt(pathname, contenders));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());

  return {
    collector,
    /** Gives the floor its URLs. @param {Record<number, string>} ready by kinds of hits */
    makeReady(ready) {
      urls = ready;
    },
    /** What the browser has to be told of the hosts. */
    hosts: `MAP *.shop.example 127.0.0.1:${port}`,
    /**
     * @param {import("./contenders.mjs").Contender} contender
     * @param {Record<string, string>} [more]
     */
    page: ({ name, tracker }, more = {}) =>
      `https://${pages}/?${new URLSearchParams({ name, tracker, collector: collects, ...more })}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */

/**
 * @param {string} path
 * @param {import("./contenders.mjs").Contender[]} contenders
 */
function scriptAt(path, contenders) {
  if (path.startsWith("/page/")) return readFileSync(join(root, "scripts/bench", path));
  return contenders.find(({ name }) => path === `/library/${name}.js`)?.script ?? "";
}
