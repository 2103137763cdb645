#!/usr/bin/env node
/**
 * The demo, what it loads from dist/, and the collector, on one port: `node www/server.mjs [--hits FILE]`.
 * PORT and HOST in the environment override 8080 and 127.0.0.1.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */
import { existsSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { text } from "./collector/answer.mjs";
import { SERVER_OPTIONS } from "./collector/listener.mjs";
import { createCollector } from "./collector.mjs";
import { locate, sendFile } from "./static.mjs";

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const DEFAULT_PORT = 8080;

/** The parts of the project that may be asked for; everything else is the site's. */
const SHARED = /^\/dist\//;
/** Addresses of the single-page shop: no file has their name, the shop's page is shown. */
const ROUTES = /^\/(?:|products\/[^/]*|cart|checkout|thanks)$/;

/**
 * @param {object} [options]
 * @param {number} [options.port] 0: any that is free
 * @param {string} [options.host]
 * @param {string} [options.root] where dist/ is: the project's folder
 * @param {string | undefined} [options.hitsFile] hits are appended here as JSON lines
 * @returns {Promise<{ url: string, port: number, collector: import("./collector.mjs").Collector, close: () => Promise<void> }>}
 */
export async function serve({ port = DEFAULT_PORT, host = "127.0.0.1", root = PROJECT, hitsFile } = {}) {
  const site = path.join(PROJECT, "www", "site");
  const collector = createCollector({ file: hitsFile });
  const server = http.createServer(SERVER_OPTIONS, (request, response) => {
    if (!collector.handle(request, response))
      page(site, root, request, response).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(undefined));
  }).catch(async (error) => {
    await collector.close();
    throw error;
  });
  const address = server.address();
  const bound = address && typeof address === "object" ? address.port : port;
  return {
    url: `http://localhost:${bound}`,
    port: bound,
    collector,
    async close() {
      await collector.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/**
 * @param {string} site
 * @param {string} root
 * @param {Request} request
 * @param {Response} response
 */
async function page(site, root, request, response) {
  const name = (request.url ?? "").split(/[?#]/)[0] ?? "";
  const folder = SHARED.test(name) ? path.join(root, "dist") : site;
  const named = ROUTES.test(name) ? "/index.html" : name === "/inspector" ? "/inspector.html" : name;
  const file = locate(folder, named.replace(SHARED, "/"));
  if (file && (await sendFile(file, request, response))) return;
  const missing = SHARED.test(name) ? " (not built yet? npm run build)" : "";
  text(response, 404, `there is no ${name.slice(0, 200)} here${missing}`);
}

/**
 * One line that says what to do about an error at the start.
 *
 * @param {unknown} error
 * @param {number} port
 */
export function explain(error, port) {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Stop what uses it, or take another one: PORT=${port + 1} npm start`;
  if (code === "EACCES" && port < 1024)
    return `Port ${port} is for administrators only. Take another one: PORT=${DEFAULT_PORT} npm start`;
  return `The demo cannot start: ${error instanceof Error ? error.message : error}`;
}

async function main() {
  const { PORT, HOST } = process.env;
  const port = Number(PORT || DEFAULT_PORT);
  try {
    const { values } = parseArgs({ options: { hits: { type: "string" } } });
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new Error(`PORT=${PORT} is no port; it is a number up to 65535`);
    const { url } = await serve({ port, host: HOST || "127.0.0.1", hitsFile: values.hits });
    if (!existsSync(path.join(PROJECT, "dist", "afterhit.js")))
      console.log("dist/afterhit.js is not there yet: npm run build, then reload the page.");
    console.log(`The demo is at ${url}${values.hits ? `, its hits go to ${values.hits}` : ""}`);
  } catch (error) {
    console.error(explain(error, port));
    process.exitCode = 1;
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
