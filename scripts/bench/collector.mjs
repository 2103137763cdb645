// Counts the hits of every tracker, and answers each as its own server would.
import { PIXEL } from "../../www/collector/pixel.mjs";
import { readBody } from "../../www/collector/request.mjs";

/**
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */

const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Hits that have not arrived after this time never will. */
const ARRIVAL_TIMEOUT_MS = 60_000;

export function createCollector() {
  let count = 0;
  /** @type {() => void} */
  let check = () => undefined;

  /**
   * @param {Request} request
   * @param {Response} response
   */
  async function handle(request, response) {
    const { url = "", method, headers } = request;
    response.setHeader("access-control-allow-origin", headers.origin ?? "*");
    response.setHeader("access-control-allow-credentials", "true");
    response.setHeader("cross-origin-resource-policy", "cross-origin");
    response.setHeader("cache-control", "no-store");
    if (method === "OPTIONS") return void preflight(request, response);
    if (method === "GET" && !url.startsWith("/b/ss/")) return void response.writeHead(404).end();

    const body = method === "POST" ? await readBody(request, MAX_BODY_BYTES) : "";
    if (typeof body !== "string") return;
    count += hitsIn(body);
    check();
    if (url.startsWith("/ee/")) answerAlloy(body, response);
    else response.writeHead(200, { "content-type": "image/gif", "content-length": PIXEL.length }).end(PIXEL);
  }

  return {
    handle,
    count: () => count,
    /**
     * Resolves when a number of hits has arrived.
     * @param {number} wanted
     * @returns {Promise<number>} the time, in ms since 1970
     */
    reaches(wanted) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${wanted - count} hits never arrived`)),
          ARRIVAL_TIMEOUT_MS,
        );
        check = () => {
          if (count < wanted) return;
          clearTimeout(timer);
          check = () => undefined;
          resolve(performance.timeOrigin + performance.now());
        };
        check();
      });
    },
  };
}

/** @typedef {ReturnType<typeof createCollector>} Collector */

/**
 * @param {Request} request
 * @param {Response} response
 */
function preflight(request, response) {
  response.setHeader(
    "access-control-allow-headers",
    request.headers["access-control-request-headers"] ?? "*",
  );
  response.setHeader("access-control-max-age", "600");
  response.writeHead(204).end();
}

/** An image request is one hit; alloy and Snowplow may put several into one body. @param {string} body */
function hitsIn(body) {
  if (!body.startsWith("{")) return 1;
  const { events, data } = JSON.parse(body);
  return (events ?? data)?.length ?? 1;
}

/**
 * The first response carries the visitor's identity, as a cookie for the page to write.
 * @param {string} body
 * @param {Response} response
 */
function answerAlloy(body, response) {
  const known = body.includes("_identity");
  const cookie = { key: "kndctr_BENCH_AdobeOrg_identity", value: "bench".repeat(20), maxAge: 34128000 };
  const handle = known ? [] : [{ type: "state:store", payload: [cookie] }];
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ requestId: "bench", handle }));
}
