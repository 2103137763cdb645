/**
 * How the collector answers a hit: a 1x1 GIF that nobody may cache, for any page, with the visitor's cookie, or one of
 * the plan's faults.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */
import { randomBytes } from "node:crypto";
import { PIXEL } from "./pixel.mjs";
import { parseAnswer } from "./plan.mjs";

const NOT_CACHED = "no-cache, no-store, max-age=0, no-transform, private";
const TWO_YEARS = 63_072_000;
const VISITOR = /(?:^|;\s*)s_vi=\[CS\]v1\|[0-9A-F]{16}-[0-9A-F]{16}\[CE\]/;

/**
 * @param {string} word the plan's
 * @param {Request} request
 * @param {Response} response
 */
export function answerHit(word, request, response) {
  const { delay, kind, status } = parseAnswer(word);
  if (delay > 0) {
    const timer = setTimeout(() => give(kind, status, request, response), delay);
    response.on("close", () => clearTimeout(timer));
  } else give(kind, status, request, response);
}

/**
 * @param {import("./plan.mjs").Answer["kind"]} kind
 * @param {number} status
 * @param {Request} request
 * @param {Response} response
 */
function give(kind, status, request, response) {
  if (kind === "drop") request.socket.destroy();
  if (kind === "text") text(response, status, `answered ${status}, as planned`);
  if (kind === "image") {
    for (const [name, value] of Object.entries(crossOrigin(request))) response.setHeader(name, value);
    if (!VISITOR.test(request.headers.cookie ?? "")) response.setHeader("set-cookie", visitorCookie(request));
    response.writeHead(status, {
      "content-type": "image/gif",
      "content-length": PIXEL.length,
      "cache-control": NOT_CACHED,
      pragma: "no-cache",
      expires: "Thu, 01 Jan 1970 00:00:00 GMT",
      "x-content-type-options": "nosniff",
    });
    response.end(PIXEL);
  }
}

/**
 * What a browser asks before a POST that it does not consider simple.
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
function visitorCookie(request) {
  const id = () => randomBytes(8).toString("hex").toUpperCase();
  const secure = "encrypted" in request.socket && request.socket.encrypted;
  const site = secure ? "SameSite=None; Secure" : "SameSite=Lax";
  return `s_vi=[CS]v1|${id()}-${id()}[CE]; Path=/; Max-Age=${TWO_YEARS}; ${site}`;
}
