// The demo's server: what it serves, what it never serves, and what it prints when it cannot start.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../www/server.mjs";

/** @type {Awaited<ReturnType<typeof serve>>} */
let demo;

before(async () => {
  demo = await serve({ port: 0 });
});

after(() => demo.close());

/**
 * Requests a path exactly as written: fetch would normalise it.
 *
 * @param {string} path
 * @param {string} [method]
 * @returns {Promise<{ status: number | undefined, headers: http.IncomingHttpHeaders, body: string }>}
 */
function ask(path, method = "GET") {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port: demo.port, path, method }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (data) => {
        body += data;
      });
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
    });
    request.on("error", reject);
    request.end();
  });
}

const server = fileURLToPath(new URL("../../www/server.mjs", import.meta.url));

/**
 * @param {Record<string, string>} env
 * @returns {Promise<{ code: unknown, stderr: string }>}
 */
function start(env) {
  return new Promise((resolve) => {
    execFile(process.execPath, [server], { env: { ...process.env, ...env } }, (error, _stdout, stderr) =>
      resolve({ code: error?.code, stderr }),
    );
  });
}

test("every route of the shop serves its page, with a policy that forbids foreign scripts", async () => {
  for (const path of ["/", "/?cid=a", "/products/handbell", "/cart", "/checkout", "/thanks"]) {
    const { status, headers, body } = await ask(path);
    assert.equal(status, 200, path);
    assert.match(body, /<title>Overtone<\/title>/);
    assert.match(String(headers["content-security-policy"]), /default-src 'self'/);
  }
  assert.match((await ask("/inspector")).body, /<title>afterhit inspector<\/title>/);
});

test("files have their content types, and browsers revalidate them", async () => {
  for (const [path, type] of [
    ["/demo.js", "text/javascript; charset=utf-8"],
    ["/dist/afterhit.js", "text/javascript; charset=utf-8"],
    ["/dist/inspect/afterhit_bg.wasm", "application/wasm"],
    ["/style/base.css", "text/css; charset=utf-8"],
    ["/favicon.svg", "image/svg+xml"],
    ["/downloads/overtone-care-guide.pdf", "application/pdf"],
  ]) {
    const { status, headers } = await ask(String(path), "HEAD");
    assert.equal(status, 200, path);
    assert.equal(headers["content-type"], type);
    assert.equal(headers["cache-control"], "no-cache");
  }
});

test("nothing outside the site and dist/ is served", async () => {
  for (const path of [
    "/../server.mjs",
    "/../../package.json",
    "/%2e%2e/%2e%2e/package.json",
    "/..%2f..%2fpackage.json",
    "/style/../../server.mjs",
    "/..%5c..%5cpackage.json",
    "/dist/../package.json",
    "/dist/%2e%2e/package.json",
    "/dist/..%2fpackage.json",
    "/dist//etc/passwd",
    "//etc/passwd",
    "/package.json",
    "/.git/config",
    "/style/",
    "/style",
    "/%00",
    "/%zz",
    "/products/handbell/more",
  ]) {
    const { status, body } = await ask(path);
    assert.equal(status, 404, path);
    assert.match(body, /^\/.* was not found\./);
  }
  assert.equal((await ask("/demo.js", "POST")).status, 405);
});

test("node www/server.mjs --hits FILE prints its address and appends hits to the file", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "afterhit-hits-"));
  const file = join(folder, "hits.jsonl");
  const child = spawn(process.execPath, [server, "--hits", file], { env: { ...process.env, PORT: "0" } });
  t.after(async () => {
    child.kill();
    await rm(folder, { recursive: true });
  });
  let said = "";
  while (!said.includes("The demo is at")) said += (await once(child.stdout, "data"))[0];
  const [url] = /http:\/\/localhost:\d+/.exec(said) ?? [];
  assert.equal((await fetch(`${url}/b/ss/suite/1/JS-0.1.0/s1?AQB=1&pageName=Home`)).status, 200);
  assert.match(JSON.parse(await readFile(file, "utf8")).url, /pageName=Home$/);
});

test("a port in use: one line that says what to do, and exit 1", async () => {
  const { code, stderr } = await start({ PORT: String(demo.port) });
  assert.equal(code, 1);
  assert.equal(
    stderr,
    `Port ${demo.port} is in use. Stop the program that uses it, or choose another port: PORT=${demo.port + 1} npm start\n`,
  );
});

test("PORT is not a number: one line that says so, and exit 1", async () => {
  const { code, stderr } = await start({ PORT: "many" });
  assert.equal(code, 1);
  assert.equal(stderr, 'The demo cannot start: PORT must be an integer from 0 to 65535, got "many".\n');
});
