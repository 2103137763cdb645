#!/usr/bin/env node
/**
 * Serves the demo, the build output that it loads (dist/) and the collector on one port:
 * `node www/server.mjs [--hits FILE]`. The environment variables PORT and HOST override 8080 and 127.0.0.1.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */
import { existsSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SERVER_OPTIONS } from "./collector/listener.mjs";
import { createCollector } from "./collector.mjs";
import { listen } from "./listen.mjs";
import { serveFile } from "./static.mjs";

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const SITE = path.join(PROJECT, "www", "site");
const DIST = path.join(PROJECT, "dist");
const DEFAULT_PORT = 8080;

/** The routes of the single-page shop (site/shop/pages.js): its one HTML page serves them all. */
const SHOP_ROUTE = /^\/(?:|products\/[^/]*|cart|checkout|thanks)$/;

/**
 * @param {object} [options]
 * @param {number} [options.port] 0: any free port
 * @param {string} [options.host]
 * @param {string | undefined} [options.hitsFile] hits are appended to this file, one JSON object per line
 * @returns {Promise<{ url: string, port: number, collector: import("./collector.mjs").Collector, close: () => Promise<void> }>}
 */
export async function serve({ port = DEFAULT_PORT, host, hitsFile } = {}) {
  const collector = createCollector({ file: hitsFile });
  const server = http.createServer(SERVER_OPTIONS, (request, response) => {
    if (!collector.handle(request, response)) servePage(request, response);
  });
  const boundPort = await listen(server, port, host).catch(async (error) => {
    await collector.close();
    throw error;
  });
  return {
    url: `http://localhost:${boundPort}`,
    port: boundPort,
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
 * @param {Request} request
 * @param {Response} response
 */
function servePage(request, response) {
  const requested = (request.url ?? "").split(/[?#]/)[0] ?? "";
  const notFound = `${requested.slice(0, 200)} was not found.`;
  if (requested.startsWith("/dist/")) {
    const file = { folder: DIST, path: requested.slice("/dist".length) };
    return serveFile(request, response, { ...file, notFound: `${notFound} Run \`npm run build\` first.` });
  }
  serveFile(request, response, { folder: SITE, path: pageFor(requested), notFound });
}

/** @param {string} requested */
function pageFor(requested) {
  if (SHOP_ROUTE.test(requested)) return "/index.html";
  return requested === "/inspector" ? "/inspector.html" : requested;
}

/**
 * One line that says why the server did not start and what to do about it.
 *
 * @param {unknown} error
 * @param {number} port
 */
function explainStartError(error, port) {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Stop the program that uses it, or choose another port: PORT=${port + 1} npm start`;
  if (code === "EACCES" && port < 1024)
    return `Port ${port} requires administrator rights. Choose another port: PORT=${DEFAULT_PORT} npm start`;
  return `The demo cannot start: ${error instanceof Error ? error.message : error}`;
}

/**
 * The port in the environment variable PORT.
 *
 * @param {string | undefined} value
 */
function parsePort(value) {
  const port = Number(value || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new RangeError(`PORT must be an integer from 0 to 65535, got ${JSON.stringify(value)}.`);
  return port;
}

async function main() {
  const { PORT, HOST } = process.env;
  try {
    const { values } = parseArgs({ options: { hits: { type: "string" } } });
    const { url } = await serve({ port: parsePort(PORT), host: HOST || undefined, hitsFile: values.hits });
    if (!existsSync(path.join(DIST, "afterhit.js")))
      console.log("dist/afterhit.js is missing: run `npm run build`, then reload the page.");
    console.log(`The demo is at ${url}${values.hits ? `, its hits are appended to ${values.hits}` : ""}`);
  } catch (error) {
    console.error(explainStartError(error, Number(PORT || DEFAULT_PORT)));
    process.exitCode = 1;
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
