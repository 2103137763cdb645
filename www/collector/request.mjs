/**
 * Reads a request completely and decides whether it is a hit; if not, says what is wrong with it.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {{ status: number, message: string }} Refusal
 */

export const NOT_A_HIT_URL = "The path of a hit is /b/ss/SUITES/VERSION/…";

/** `/b/ss/SUITES/VERSION` and anything after it: `/b/ss/suite1,suite2/1/JS-2.27.0/s1234`. */
const HIT_PATH = /^\/b\/ss\/[^/?]+\/[^/?]+/;
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

/**
 * Why this request is not a hit; undefined if it is one.
 *
 * @param {Request} request
 * @param {string} body
 * @returns {Refusal | undefined}
 */
export function refuse(request, body) {
  const url = request.url ?? "";
  if (request.method !== "GET" && request.method !== "POST")
    return { status: 405, message: `A hit is a GET or a POST, not a ${request.method}.` };
  if (!HIT_PATH.test(url)) return { status: 404, message: NOT_A_HIT_URL };
  const query = url.split("?").slice(1).join("?");
  if (!query && !body) return { status: 400, message: "This hit has neither a query nor a body." };
  if (BROKEN_ESCAPE.test(url))
    return { status: 400, message: "The URL has a % without two hexadecimal digits." };
  if (!query && BROKEN_ESCAPE.test(body))
    return { status: 400, message: "The body has a % without two hexadecimal digits." };
  return undefined;
}

/**
 * The body as text; a refusal if it is too long; undefined if the client disconnected while sending it.
 *
 * @param {Request} request
 * @param {number} limit bytes
 * @returns {Promise<string | Refusal | undefined>}
 */
export function readBody(request, limit) {
  const tooLong = { status: 413, message: `The body is longer than ${limit} bytes.` };
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let length = 0;
    request.on("data", (/** @type {Buffer} */ chunk) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve(tooLong);
      }
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString()));
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
}

/**
 * Whether a request comes from a page of this server, or from no page at all.
 *
 * @param {Request} request
 */
export function sameOrigin(request) {
  const { origin, host } = request.headers;
  return origin === undefined || origin.replace(/^https?:\/\//, "") === host;
}
