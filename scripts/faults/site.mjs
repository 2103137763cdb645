// Serves the page on which faults track, and a service worker that keeps it available offline.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { listen } from "../../www/listen.mjs";
import { recorder, teller } from "./story.mjs";

/** The page's script: `harness` is for the faults; `ran` is exposed by the fixture, where the browser allows it. */
const harness = `
  const query = new URLSearchParams(location.search);
  var s = s_gi("suite");
  s.trackingServer = s.trackingServerSecure = query.get("collector");
  s.ssl = query.has("ssl");
  s.trackOffline = query.has("trackOffline");
  s.offlineHitLimit = 1000;
  window.ran ??= (name) => fetch("/ran" + location.search, { method: "POST", body: name, keepalive: true });
  s.registerPostTrackCallback((url) => ran(new URL(url).searchParams.get("pageName")));
  const harness = {
    answered: new Promise((resolve) => s.registerPostTrackCallback(() => resolve())),
    offline: new Promise((resolve) => addEventListener("offline", () => resolve())),
    call(from, count) {
      for (let n = from; n < from + count; n++) {
        s.pageName = "hit-" + n;
        note("call", s.pageName);
        s.useBeacon = query.has("useBeacon");
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
    leaveAfter(ms, next) {
      setTimeout(() => (location.href = next), ms);
    },
    follow(from, next) {
      s.pageName = "hit-" + from;
      note("call", s.pageName);
      s.tl(Object.assign(document.createElement("a"), { href: next }), "o", "link", null, "navigate");
    },
    close(from, count) {
      harness.call(from, count);
      window.close();
    },
    reload(from, count) {
      harness.call(from, count);
      location.reload();
    },
    async install() {
      const cache = await caches.open("faults");
      await cache.addAll([location.href, document.querySelector("script[src]").src]);
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

const reportOnly = { "content-security-policy-report-only": "connect-src 'self'" };

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
<link rel="icon" href="data:,"><script>${recorder}</script><script src="/${script}.js"></script>
<script>${harness}${teller}</script><body></body></html>`;

/**
 * @typedef {object} Listener
 * @property {(name: string) => void} ran a post-track callback has run
 * @property {(count: number) => void} notTaken hits that the browser did not accept from a tab being closed
 * @property {(notes: import("./story.mjs").Note[]) => void} tellStory
 */

/** @param {Record<string, string | Buffer>} scripts by name */
export async function openSite(scripts) {
  /** @type {Map<string, Listener>} */
  const listeners = new Map();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const script = scripts[pathname.slice(1, -".js".length)];
    const type = pathname.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
    if (request.method === "POST") {
      const body = await text(request);
      const listener = listeners.get(searchParams.get("visit") ?? "");
      if (pathname === "/not-taken") listener?.notTaken(Number(body));
      if (pathname === "/ran") listener?.ran(body);
      if (pathname === "/story") listener?.tellStory(JSON.parse(body));
    }
    response.writeHead(pathname.startsWith("/b/ss/") ? 414 : 200, {
      "content-type": type,
      "cache-control": "no-cache",
      ...(searchParams.has("reportOnly") && reportOnly),
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
     * @param {string} visit the number of a page
     * @param {Listener} listener to what the page tells when it goes
     */
    listenTo: (visit, listener) => void listeners.set(visit, listener),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
