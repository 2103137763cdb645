// One HTTPS server for all hosts of a scenario: its pages, the library, files to download, and the collector.
import { createServer } from "node:https";
import { text } from "node:stream/consumers";
import { reportTag } from "../../scripts/lib/page-reports.mjs";
import { answerHit } from "../../www/collector/answer.mjs";
import { choose } from "../../www/collector/plan.mjs";
import { listen } from "../../www/listen.mjs";

/**
 * @typedef {import("./scenarios.mjs").Scenario} Scenario
 * @typedef {import("./scenarios.mjs").ServiceResponse} ServiceResponse
 * @typedef {{ method: string, host: string, url: string, body: string }} Arrival
 * @typedef {Record<string, Buffer>} Files by name; pages load them from COMPANIONS
 */

/** Where pages find other scripts. */
export const COMPANIONS = "/__companions/";
/** A page without scripts. */
export const EMPTY_PATH = "/__empty";

const defaultSetup =
  'var s = s_gi("examplersid"); s.trackingServer = s.trackingServerSecure = "data.example.com";';
/** Defines `log`, which scenarios call to record a line. */
const logFunction =
  'window.log=function(){(window.__log=window.__log||[]).push([].map.call(arguments,function(a){return a===undefined?"undefined":typeof a==="string"?a:JSON.stringify(a)}).join(" | "))};';

/**
 * @param {{ key: string, cert: string }} certificate
 * @param {Buffer} library
 * @param {Files} [companions]
 */
export async function openSite(certificate, library, companions = {}) {
  /** @type {Scenario | undefined} */
  let scenario;
  /** @type {Arrival[]} */
  let arrivals = [];
  /** @type {Set<string>} */
  let pageHosts = new Set();
  /** @type {{ from: string, to: string } | undefined} */
  let jump;
  /** @type {Set<() => void>} */
  const watchers = new Set();

  const server = createServer(certificate, async (request, response) => {
    const url = request.url ?? "";
    // The scenario may be another one by the time the body is there.
    const hits = arrivals;
    // A page that is left in the middle of sending a body closes the connection.
    const body = await text(request).catch(() => "");
    for (const watcher of watchers) watcher();
    const isHit = url.startsWith("/b/ss/");
    const [path = ""] = url.split("?");
    const service = scenario?.responses?.[isHit ? "/b/ss/" : path];
    const answer = choose(scenario?.collector ?? "ok", hits.length, Math.random);
    if (isHit || service?.recorded) {
      hits.push({ method: request.method ?? "", host: request.headers.host ?? "", url, body });
      for (const watcher of watchers) watcher();
    }
    if (service && answer === "ok") {
      answerService(service, request, response);
    } else if (isHit) {
      answerHit(answer, request, response);
    } else if (url.startsWith(COMPANIONS)) {
      const companion = companions[url.slice(COMPANIONS.length)];
      response.writeHead(companion ? 200 : 404, { "content-type": "text/javascript" }).end(companion);
    } else if (url === "/__library.js") {
      response.writeHead(200, { "content-type": "text/javascript" }).end(library);
    } else if (/\.(pdf|zip|exe|docx?)([?#]|$)/.test(url)) {
      response.writeHead(204).end();
    } else if (url === "/favicon.ico") {
      response.writeHead(404).end();
    } else if (url === EMPTY_PATH) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<!doctype html>");
    } else if (`https://${request.headers.host}${url}` === jump?.from) {
      response.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "referrer-policy": "unsafe-url",
      });
      response.end(`<script>location.replace(${JSON.stringify(jump.to)})</script>`);
    } else {
      pageHosts.add(request.headers.host ?? "");
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html(scenario, url));
    }
  });
  const port = await listen(server);

  return {
    port,
    /**
     * Serves this scenario from now on.
     * @param {Scenario} next
     * @returns {Arrival[]} the hits of the scenario; grows as they arrive
     */
    show(next) {
      // Late requests of the previous scenario must not count for this one.
      server.closeAllConnections();
      scenario = next;
      jump = undefined;
      pageHosts = new Set();
      arrivals = [];
      return arrivals;
    },
    /** The hosts whose pages the scenario has loaded. */
    pageHosts: () => pageHosts,
    /**
     * Makes the page at an address lead to another one, which then has it as its referrer.
     * @param {string} from
     * @param {string} to
     */
    lead(from, to) {
      jump = { from: new URL(from).href, to };
    },
    /**
     * Calls a function at each request.
     * @param {() => void} watcher
     * @returns {() => void} stops it
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

/**
 * @param {ServiceResponse} service
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
function answerService({ data, script }, { url = "", headers }, response) {
  const query = new URL(url, "https://_").searchParams;
  const callback = query.get("callback") ?? query.get("d_cb");
  const json = JSON.stringify(data ?? {});
  const isScript = script !== undefined || callback !== null;
  response.writeHead(200, {
    "content-type": isScript ? "text/javascript" : "application/json",
    "cache-control": "no-store",
    "access-control-allow-origin": headers.origin ?? "*",
    "access-control-allow-credentials": "true",
  });
  response.end(script ?? (callback === null ? json : `${callback}(${json})`));
}

/**
 * @param {Scenario | undefined} scenario
 * @param {string} url
 */
function html(scenario, url) {
  const page = { ...scenario, ...scenario?.pages?.[new URL(url, "https://_").pathname] };
  return `<!doctype html><html><head><meta charset="utf-8"><title>${page.title ?? "Example"}</title>
${reportTag}<script>${logFunction}</script>
${page.before ?? ""}<script src="/__library.js"></script>
<script>${page.setup ?? defaultSetup}</script></head><body>${page.body ?? ""}</body></html>`;
}
