/**
 * Responses of the collector. A hit is answered with an uncacheable 1x1 GIF, CORS headers for any page and the visitor
 * cookie, or with a fault of the plan.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */
import { randomBytes } from "node:crypto";
import { PIXEL } from "./pixel.mjs";
import { parseAnswer } from "./plan.mjs";

const UNCACHEABLE = "no-cache, no-store, max-age=0, no-transform, private";
const TWO_YEARS_S = 63_072_000;
const VISITOR_COOKIE = /(?:^|;\s*)s_vi=\[CS\]v1\|[0-9A-F]{16}-[0-9A-F]{16}\[CE\]/;

/**
 * @param {string} answer in the words of the plan
 * @param {Request} request
 * @param {Response} response
 */
export function answerHit(answer, request, response) {
  const { delay, kind, status } = parseAnswer(answer);
  if (delay > 0) {
    const timer = setTimeout(() => respond(kind, status, request, response), delay);
    response.on("close", () => clearTimeout(timer));
  } else respond(kind, status, request, response);
}

/**
 * @param {import("./plan.mjs").Answer["kind"]} kind
 * @param {number} status
 * @param {Request} request
 * @param {Response} response
 */
function respond(kind, status, request, response) {
  if (kind === "drop") request.socket.destroy();
  if (kind === "text") text(response, status, `Status ${status}, as planned.`);
  if (kind === "image") {
    for (const [name, value] of Object.entries(crossOrigin(request))) response.setHeader(name, value);
    if (!VISITOR_COOKIE.test(request.headers.cookie ?? ""))
      response.setHeader("set-cookie", newVisitorCookie(request));
    response.writeHead(status, {
      "content-type": "image/gif",
      "content-length": PIXEL.length,
      "cache-control": UNCACHEABLE,
      pragma: "no-cache",
      expires: "Thu, 01 Jan 1970 00:00:00 GMT",
      "x-content-type-options": "nosniff",
    });
    response.end(PIXEL);
  }
}

/**
 * Answers the CORS preflight request that browsers send before a POST that is not "simple".
 *
 * @param {Request} request
 * @param {Response} response
 */
export function answerPreflight(request, response) {
  response.writeHead(204, {
    ...crossOrigin(request),
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "content-type",
    "access-control-max-age": "600",
  });
  response.end();
}

/**
 * @param {Response} response
 * @param {number} status
 * @param {string} message
 */
export function text(response, status, message) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${message}\n`);
}

/**
 * @param {Response} response
 * @param {unknown} value
 */
export function json(response, value) {
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(JSON.stringify(value));
}

/**
 * @param {Request} request
 * @returns {Record<string, string>}
 */
function crossOrigin(request) {
  const { origin } = request.headers;
  if (origin === undefined) return { "access-control-allow-origin": "*" };
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    vary: "origin",
  };
}

/** @param {Request} request */
function newVisitorCookie(request) {
  const id = () => randomBytes(8).toString("hex").toUpperCase();
  const secure = "encrypted" in request.socket && request.socket.encrypted;
  const site = secure ? "SameSite=None; Secure" : "SameSite=Lax";
  return `s_vi=[CS]v1|${id()}-${id()}[CE]; Path=/; Max-Age=${TWO_YEARS_S}; ${site}`;
}
