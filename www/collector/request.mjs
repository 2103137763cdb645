/**
 * Is this request a hit? Reads it whole, and says in words what is wrong with one that is not.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {{ status: number, message: string }} Refusal
 */

/** `/b/ss/SUITES/VERSION` and whatever follows: `/b/ss/suite1,suite2/1/JS-2.27.0/s1234`. */
const PATH = /^\/b\/ss\/[^/?]+\/[^/?]+/;
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

/**
 * @param {Request} request
 * @param {string} body
 * @returns {Refusal | undefined}
 */
export function refuse(request, body) {
  const url = request.url ?? "";
  if (request.method !== "GET" && request.method !== "POST")
    return { status: 405, message: `a hit is a GET or a POST, not a ${request.method}` };
  if (!PATH.test(url)) return { status: 404, message: "a hit goes to /b/ss/SUITES/VERSION/…" };
  const query = url.split("?").slice(1).join("?");
  if (!query && !body) return { status: 400, message: "this hit has neither a query nor a body" };
  if (BROKEN_ESCAPE.test(url))
    return { status: 400, message: "the URL has a % without two hexadecimal digits" };
  if (!query && BROKEN_ESCAPE.test(body))
    return { status: 400, message: "the body has a % without two hexadecimal digits" };
  return undefined;
}

/**
 * The body as text; a refusal when it is too long; nothing when the client went away while sending it.
 *
 * @param {Request} request
 * @param {number} limit bytes
 * @returns {Promise<string | Refusal | undefined>}
 */
export function readBody(request, limit) {
  const tooLong = { status: 413, message: `the body is longer than ${limit} bytes` };
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
 * Whether a request that changes something comes from a page of ours (or from no page at all).
 *
 * @param {Request} request
 */
export function sameOrigin(request) {
  const { origin, host } = request.headers;
  return origin === undefined || origin.replace(/^https?:\/\//, "") === host;
}
