// The pages of the bench: one that tracks with a script of either kind, and a service worker that has it offline.
import { once } from "node:events";
import { createServer } from "node:http";

/** What a page does when the bench asks; it has `ran` and `s` beside it. */
const bench = `
  const query = new URLSearchParams(location.search);
  var s = s_gi("suite");
  s.trackingServer = s.trackingServerSecure = query.get("collector");
  s.ssl = query.has("cold");
  s.trackOffline = query.has("keeps");
  s.offlineHitLimit = 1000;
  s.registerPostTrackCallback((url) => ran(new URL(url).searchParams.get("pageName")));
  const bench = {
    answered: new Promise((resolve) => s.registerPostTrackCallback(() => resolve())),
    offline: new Promise((resolve) => addEventListener("offline", () => resolve())),
    call(from, count) {
      for (let n = from; n < from + count; n++) {
        s.pageName = "hit-" + n;
        s.t();
      }
    },
    spread(from, count, every) {
      return new Promise((resolve) => {
        const timer = setInterval(() => {
          bench.call(from++, 1);
          if (--count > 0) return;
          clearInterval(timer);
          resolve();
        }, every);
      });
    },
    leave(from, count, next) {
      bench.call(from, count);
      location.href = next;
    },
    close(from, count) {
      bench.call(from, count);
      window.close();
    },
    async install() {
      const cache = await caches.open("bench");
      await cache.addAll([location.href, document.scripts[0].src]);
      const controlled = new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
      await navigator.serviceWorker.register("/worker.js");
      await controlled;
    },
  };
  if (query.has("closes")) addEventListener("pagehide", () => {
    const left = Object.values(sessionStorage).join().split("pageName=").length - 1;
    if (left > 0) navigator.sendBeacon("/left?visit=" + query.get("visit"), String(left));
  });
`;

const worker = `
  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("fetch", (event) => {
    if (new URL(event.request.url).origin !== location.origin) return;
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  });
`;

/** @param {string} script */
const html = (script) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title>
<link rel="icon" href="data:,"><script src="/${script}.js"></script><script>${bench}</script><body></body></html>`;

/** @param {Record<string, string | Buffer>} scripts by name */
export async function openSite(scripts) {
  /** @type {Map<string, (count: number) => void>} */
  const listeners = new Map();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const script = scripts[pathname.slice(1, -".js".length)];
    const type = pathname.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
    if (pathname === "/left") {
      let count = "";
      for await (const chunk of request) count += chunk;
      listeners.get(searchParams.get("visit") ?? "")?.(Number(count));
    }
    response.writeHead(200, { "content-type": type, "cache-control": "no-cache" });
    response.end(pathname === "/worker.js" ? worker : (script ?? html(searchParams.get("script") ?? "")));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());

  return {
    /**
     * The address of a page. localhost is a secure context: Web Locks and service workers are there.
     * @param {Record<string, string>} query
     */
    page: (query) => `http://localhost:${port}/page?${new URLSearchParams(query)}`,
    /**
     * Calls back when a tab is closed with hits that the browser did not take.
     * @param {string} visit
     * @param {(count: number) => void} listener
     */
    onLeft: (visit, listener) => void listeners.set(visit, listener),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
