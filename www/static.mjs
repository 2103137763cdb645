/**
 * Files of a folder over HTTP: never one outside of it, nothing that begins with a dot, always asked for anew.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { text } from "./collector/answer.mjs";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The demo runs nothing but its own files; Rust needs 'wasm-unsafe-eval'. */
const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The file that a request path names inside a folder; nothing for a path that leads out of it or cannot be read.
 *
 * @param {string} folder
 * @param {string} requestPath still escaped
 * @returns {string | undefined}
 */
export function locate(folder, requestPath) {
  let name;
  try {
    name = decodeURIComponent(requestPath);
  } catch {
    return undefined;
  }
  if (name.includes("\0") || name.includes("\\") || /(^|\/)\./.test(name)) return undefined;
  const file = path.join(folder, name);
  return file === folder || file.startsWith(folder + path.sep) ? file : undefined;
}

/**
 * @param {string} file
 * @param {Request} request
 * @param {Response} response
 * @returns {Promise<boolean>} false when there is no such file
 */
export async function sendFile(file, request, response) {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return false;
  if (request.method !== "GET" && request.method !== "HEAD") {
    text(response, 405, "this is a file: GET it");
    return true;
  }
  const type = TYPES[path.extname(file)] ?? "application/octet-stream";
  response.writeHead(200, {
    "content-type": type,
    "content-length": found.size,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    ...(type.startsWith("text/html") ? { "content-security-policy": POLICY } : {}),
  });
  if (request.method === "HEAD") response.end();
  else
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
  return true;
}
