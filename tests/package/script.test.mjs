// dist/afterhit.js is text that contains a WebAssembly module. Common ways of serving scripts must not damage it, and a
// page must not break where it is damaged or WebAssembly is forbidden.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { launchBrowser } from "../../scripts/lib/launch-browser.mjs";
import { PIXEL } from "../../www/collector/pixel.mjs";
import { listen } from "../../www/listen.mjs";

const script = await readFile(new URL("../../dist/afterhit.js", import.meta.url));
const usage = `
  var s = s_gi("suite");
  s.trackingServer = location.host;
  s.pageName = "Home";
  var unregister = s.registerPostTrackCallback(function () {});
  unregister();
  s.t();
  s.tl(true, "o", "link");
  s.clearVars();
  window.isDone = s_gi("suite").account;`;

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("node:http").Server} */
let server;
/** @type {number} */
let port;
/** What the server responds with. @type {{ charset: string, policy?: string, page: Buffer, script: Buffer }} */
let site;

before(async () => {
  browser = await launchBrowser();
  server = createServer((request, response) => {
    if (request.url === "/script.js") {
      return response.setHeader("content-type", "text/javascript").end(site.script);
    }
    if (request.url !== "/") return response.setHeader("content-type", "image/gif").end(PIXEL);
    if (site.policy) response.setHeader("content-security-policy", site.policy);
    response.setHeader("content-type", `text/html; charset=${site.charset}`).end(site.page);
  });
  port = await listen(server);
});

after(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections();
});

/**
 * The HTML of a page whose body consists of these parts.
 * @param {(string | Buffer)[]} parts
 */
const pageOf = (...parts) =>
  Buffer.concat(["<!doctype html><body>", ...parts].map((part) => Buffer.from(part)));
const loading = pageOf(`<script src="/script.js"></script><script>${usage}</script>`);

/**
 * Opens a page, and returns its errors, its console messages and its hits.
 * @param {Partial<typeof site>} shown
 */
async function visit(shown) {
  site = { charset: "utf-8", page: loading, script, ...shown };
  const tab = await browser.newPage();
  /** @type {{ errors: string[], console: string[], hits: string[], account: string }} */
  const seen = { errors: [], console: [], hits: [], account: "" };
  tab.on("pageerror", (error) => seen.errors.push(error.message));
  tab.on("console", (message) => seen.console.push(message.text()));
  tab.on("request", (request) => {
    if (request.url().includes("/b/ss/")) seen.hits.push(request.url());
  });
  await tab.goto(`http://127.0.0.1:${port}/`, { waitUntil: "load" });
  seen.account = await tab.evaluate("window.isDone");
  await tab.close();
  return seen;
}

/** @param {Awaited<ReturnType<typeof visit>>} seen */
function assertWorks(seen) {
  assert.deepEqual(seen.errors, []);
  assert.equal(seen.account, "suite");
  assert.match(seen.hits[0] ?? "no hit", /\/b\/ss\/suite\/1\/.*pageName=Home/);
}

/**
 * @param {Awaited<ReturnType<typeof visit>>} seen
 * @param {RegExp} message
 */
function assertInert(seen, message) {
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(seen.hits, []);
  const ours = seen.console.filter((line) => line.startsWith("afterhit"));
  assert.equal(ours.length, 1);
  assert.match(ours[0] ?? "", message);
}

test("the script starts with a byte order mark, so that pages in other encodings read it as UTF-8", async () => {
  assert.deepEqual([...script.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  assertWorks(await visit({ charset: "windows-1252" }));
});

test("the script works inline, also after a `<!--`", async () => {
  assertWorks(await visit({ page: pageOf("<script>", script, "</script><script>", usage, "</script>") }));
  const commented = pageOf("<script><!--\n", script, "\n//--></script><script>", usage, "</script>");
  assertWorks(await visit({ page: commented }));
});

test("the script contains nothing that ends a script element or starts an HTML comment", () => {
  assert.doesNotMatch(script.toString(), /<\/?script|<!--|-->/i);
});

test("the script works between other scripts in one file, and changes neither their names nor their sloppy mode", async () => {
  const prefix = 'var e = "mine", before = function () { return e; }\n';
  const suffix = '\nundeclared = before(); if (undeclared !== "mine") throw new Error("e was taken");';
  const together = Buffer.concat([Buffer.from(prefix), script, Buffer.from(suffix)]);
  assertWorks(await visit({ script: together }));
});

test("the script works with CR LF line endings", async () => {
  const other = Buffer.from(script.toString().replaceAll("\n", "\r\n"));
  assertWorks(await visit({ script: other }));
});

test("the script read in another encoding is inert, and says on the console what to do", async () => {
  const seen = await visit({ charset: "windows-1252", script: script.subarray(3) });
  assertInert(seen, /UTF-8.*byte order mark/);
});

test("the script is inert where the policy forbids WebAssembly, and says so on the console", async () => {
  const seen = await visit({ policy: "script-src 'self' 'unsafe-inline'" });
  assertInert(seen, /CompileError/);
});

test("the script needs no more than 'wasm-unsafe-eval' in the policy", async () => {
  assertWorks(await visit({ policy: "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'" }));
});
