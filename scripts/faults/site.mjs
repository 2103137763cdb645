// Serves the page on which faults track, and a service worker that keeps it available offline.
import { createServer } from "node:http";
import { listen } from "../../www/listen.mjs";

/** The page's script: `harness` is for the faults; `ran` is exposed by the fixture. */
const harness = `
  const query = new URLSearchParams(location.search);
  var s = s_gi("suite");
  s.trackingServer = s.trackingServerSecure = query.get("collector");
  s.ssl = query.has("ssl");
  s.trackOffline = query.has("trackOffline");
  s.offlineHitLimit = 1000;
  s.registerPostTrackCallback((url) => ran(new URL(url).searchParams.get("pageName")));
  const harness = {
    answered: new Promise((resolve) => s.registerPostTrackCallback(() => resolve())),
    offline: new Promise((resolve) => addEventListener("offline", () => resolve())),
    call(from, count) {
      for (let n = from; n < from + count; n++) {
        s.pageName = "hit-" + n;
        s.t();
      }
    },
    fill(count) {
      const url = (n) => "http://" + s.trackingServer + "/b/ss/suite/0/JS-2.27.0/s" + n + "?AQB=1&pageName=stored&AQE=1";
      localStorage["AppMeasurement.requests-undefinedsuite"] = JSON.stringify(Array.from({ length: count }, (_, n) => url(n)));
    },
    callInVain(why) {
      const overrides = {
        refused: { trackingServer: "127.0.0.1:1" },
        "414": { trackingServer: location.host },
        malformed: { trackingServer: "no server" },
      };
      s.pageName = "in vain";
      s.t(overrides[why]);
    },
    spread(from, count, intervalMs) {
      return new Promise((resolve) => {
        const timer = setInterval(() => {
          harness.call(from++, 1);
          if (--count > 0) return;
          clearInterval(timer);
          resolve();
        }, intervalMs);
      });
    },
    leave(from, count, next) {
      harness.call(from, count);
      location.href = next;
    },
    close(from, count) {
      harness.call(from, count);
      window.close();
    },
    async install() {
      const cache = await caches.open("faults");
      await cache.addAll([location.href, document.scripts[0].src]);
      const controlled = new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
      await navigator.serviceWorker.register("/worker.js");
      await controlled;
    },
  };
  if (query.has("closes")) addEventListener("pagehide", () => {
    const stored = Object.values(sessionStorage).join().split("pageName=").length - 1;
    if (stored > 0) navigator.sendBeacon("/not-taken?visit=" + query.get("visit"), String(stored));
  });
`;

const worker = `
  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("fetch", (event) => {
    if (new URL(event.request.url).origin !== location.origin) return;
    event.respondWith(caches.match(event.request).then((cached) => cached ?? fetch(event.request)));
  });
`;

/** @param {string} script */
const html = (script) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Faults</title>
<link rel="icon" href="data:,"><script src="/${script}.js"></script><script>${harness}</script><body></body></html>`;

/** @param {Record<string, string | Buffer>} scripts by name */
export async function openSite(scripts) {
  /** @type {Map<string, (count: number) => void>} */
  const listeners = new Map();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const script = scripts[pathname.slice(1, -".js".length)];
    const type = pathname.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
    if (pathname === "/not-taken") {
      let count = "";
      for await (const chunk of request) count += chunk;
      listeners.get(searchParams.get("visit") ?? "")?.(Number(count));
    }
    response.writeHead(pathname.startsWith("/b/ss/") ? 414 : 200, {
      "content-type": type,
      "cache-control": "no-cache",
    });
    response.end(pathname === "/worker.js" ? worker : (script ?? html(searchParams.get("script") ?? "")));
  });
  const port = await listen(server);

  return {
    /**
     * The address of a page. localhost is a secure context, which Web Locks and service workers need.
     * @param {Record<string, string>} query
     */
    page: (query) => `http://localhost:${port}/page?${new URLSearchParams(query)}`,
    /**
     * Calls back with the number of hits that the browser did not accept from a tab being closed.
     * @param {string} visit
     * @param {(count: number) => void} listener
     */
    onNotTaken: (visit, listener) => void listeners.set(visit, listener),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
