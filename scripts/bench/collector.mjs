// Takes the hits of every tracker, answers as its own server would, and counts.
import { readBody } from "../../www/collector/request.mjs";

/**
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */

const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const longestBody = 10 * 1024 * 1024;
/** In ms: hits that have not arrived by then never will. */
const patience = 60_000;

export function createCollector() {
  let count = 0;
  /** @type {() => void} */
  let look = () => undefined;

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

    const body = method === "POST" ? await readBody(request, longestBody) : "";
    if (typeof body !== "string") return;
    count += hitsIn(body);
    look();
    if (url.startsWith("/ee/")) answerAlloy(body, response);
    else response.writeHead(200, { "content-type": "image/gif", "content-length": gif.length }).end(gif);
  }

  return {
    handle,
    count: () => count,
    /**
     * When so many hits are there.
     * @param {number} wanted
     * @returns {Promise<number>} the moment, in ms since 1970
     */
    reaches(wanted) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${wanted - count} hits never arrived`)), patience);
        look = () => {
          if (count < wanted) return;
          clearTimeout(timer);
          look = () => undefined;
          resolve(performance.timeOrigin + performance.now());
        };
        look();
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

/** A request for an image is one; alloy and Snowplow may put several into one body. @param {string} body */
function hitsIn(body) {
  if (!body.startsWith("{")) return 1;
  const { events, data } = JSON.parse(body);
  return (events ?? data)?.length ?? 1;
}

/**
 * The visitor's identity comes with the first answer, in the form of a cookie to write.
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
