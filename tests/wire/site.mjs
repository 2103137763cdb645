// One HTTPS server that is every host of a scenario: its pages, the library, files to download, and the collector.
import { once } from "node:events";
import { createServer } from "node:https";

/**
 * @typedef {import("./scenarios.mjs").Scenario} Scenario
 * @typedef {{ method: string, host: string, url: string, body: string }} Arrival
 */

const image = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const usualSetup =
  'var s = s_gi("examplersid"); s.trackingServer = s.trackingServerSecure = "data.example.com";';
const log =
  'window.log=function(){(window.__log=window.__log||[]).push([].map.call(arguments,function(a){return a===undefined?"undefined":typeof a==="string"?a:JSON.stringify(a)}).join(" | "))};';

/**
 * @param {{ key: Buffer, cert: Buffer }} certificate
 * @param {Buffer} library
 */
export async function openSite(certificate, library) {
  /** @type {Scenario | undefined} */
  let scenario;
  /** @type {Arrival[]} */
  let arrivals = [];
  /** @type {Set<() => void>} */
  const watchers = new Set();

  const server = createServer(certificate, async (request, response) => {
    const url = request.url ?? "";
    const body = await read(request);
    for (const watcher of watchers) watcher();
    if (url.startsWith("/b/ss/")) {
      const plan = scenario?.collector?.[arrivals.length] ?? scenario?.collector?.at(-1) ?? "ok";
      arrivals.push({ method: request.method ?? "", host: request.headers.host ?? "", url, body });
      for (const watcher of watchers) watcher();
      answer(plan, request, response);
    } else if (url === "/__library.js") {
      response.writeHead(200, { "content-type": "text/javascript" }).end(library);
    } else if (/\.(pdf|zip|exe|docx?)([?#]|$)/.test(url)) {
      response.writeHead(204).end();
    } else if (url === "/favicon.ico") {
      response.writeHead(404).end();
    } else {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html(scenario, url));
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());

  return {
    port,
    /**
     * From now on this scenario is served.
     * @param {Scenario} next
     * @returns {Arrival[]} what the collector gets, as it comes
     */
    show(next) {
      // A request that the last scenario left behind must not count here.
      server.closeAllConnections();
      scenario = next;
      arrivals = [];
      return arrivals;
    },
    /**
     * Calls back when anything is requested.
     * @param {() => void} watcher
     * @returns {() => void} stops that
     */
    watch(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */

/** @param {import("node:http").IncomingMessage} request */
async function read(request) {
  /** @type {Buffer[]} */
  const chunks = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    // The page was left in the middle of a body: what has come counts.
  }
  return Buffer.concat(chunks).toString();
}

/**
 * @param {string} plan
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
function answer(plan, request, response) {
  const delay = /^delay:(\d+)$/.exec(plan)?.[1];
  if (delay) setTimeout(() => answer("ok", request, response), Number(delay));
  else if (plan === "drop") request.socket.destroy();
  else if (plan !== "ok") response.writeHead(Number(plan), { "content-type": "text/plain" }).end("no");
  else {
    const headers = {
      "content-type": "image/gif",
      "cache-control": "no-store",
      "access-control-allow-origin": request.headers.origin ?? "*",
      "access-control-allow-credentials": "true",
    };
    response.writeHead(200, headers).end(image);
  }
}

/**
 * @param {Scenario | undefined} scenario
 * @param {string} url
 */
function html(scenario, url) {
  const page = { ...scenario, ...scenario?.pages?.[new URL(url, "https://_").pathname] };
  return `<!doctype html><html><head><meta charset="utf-8"><title>${page.title ?? "Example"}</title>
<script>${log}</script>
${page.before ?? ""}<script src="/__library.js"></script>
<script>${page.setup ?? usualSetup}</script></head><body>${page.body ?? ""}</body></html>`;
}
