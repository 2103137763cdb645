/**
 * Serves the files of one folder: nothing outside it, no dotfiles, no directory listings. Browsers revalidate a file
 * before each use, so that an edit shows at the next reload.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */
import send from "send";
import { text } from "./collector/answer.mjs";

/** The demo loads only its own files; compiling WebAssembly needs 'wasm-unsafe-eval'. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * @param {Request} request
 * @param {Response} response
 * @param {{ folder: string, path: string, notFound: string }} file `path` is still percent-encoded; `notFound` is the
 *   text of a 404 response
 */
export function serveFile(request, response, { folder, path, notFound }) {
  if (request.method !== "GET" && request.method !== "HEAD")
    return text(response, 405, "This server only serves files: use GET or HEAD.");

  function respondNotFound() {
    if (response.headersSent) response.destroy();
    else text(response, 404, notFound);
  }

  send(request, path, {
    root: folder,
    index: false,
    dotfiles: "ignore",
    acceptRanges: false,
    cacheControl: false,
  })
    .on("error", respondNotFound)
    .on("directory", respondNotFound)
    .on("headers", addHeaders)
    .pipe(response);
}

/**
 * @param {Response} response
 * @param {string} file
 */
function addHeaders(response, file) {
  response.setHeader("cache-control", "no-cache");
  response.setHeader("x-content-type-options", "nosniff");
  if (file.endsWith(".html")) response.setHeader("content-security-policy", CONTENT_SECURITY_POLICY);
}
