// The collector of the demo and the tests: its responses, its fault plans, its limits, and bad input.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createCollector } from "../../www/collector.mjs";

const PATH = "/b/ss/suite/1/JS-0.1.0/s1";

/**
 * Starts a collector that closes when the test ends.
 *
 * @param {import("node:test").TestContext} t
 * @param {Parameters<typeof createCollector>[0]} [options]
 */
async function start(t, options) {
  const collector = createCollector(options);
  t.after(collector.close);
  const port = await collector.listen();
  return { collector, port, url: `http://127.0.0.1:${port}` };
}

/**
 * Sends a request exactly as written, and returns the whole response.
 *
 * @param {number} port
 * @param {string} request
 * @returns {Promise<string>}
 */
function raw(port, request) {
  return new Promise((resolve) => {
    let answer = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(request));
    socket.on("data", (data) => {
      answer += data;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}

test("a hit gets an uncached image with CORS headers and a visitor cookie", async (t) => {
  const { url } = await start(t);
  const answer = await fetch(`${url}${PATH}?AQB=1&AQE=1`, { headers: { origin: "https://shop.example" } });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "image/gif");
  assert.match(answer.headers.get("cache-control") ?? "", /no-store/);
  assert.equal(answer.headers.get("access-control-allow-origin"), "https://shop.example");
  assert.equal(answer.headers.get("access-control-allow-credentials"), "true");
  assert.equal(Buffer.from(await answer.arrayBuffer()).toString("latin1", 0, 6), "GIF89a");

  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  assert.match(cookie, /^s_vi=\[CS\]v1\|[0-9A-F]{16}-[0-9A-F]{16}\[CE\]$/);
  const again = await fetch(`${url}${PATH}?AQB=1`, { headers: { cookie } });
  assert.equal(again.headers.get("set-cookie"), null, "a visitor keeps an existing cookie");
});

test("a hit is kept exactly as it arrived", async (t) => {
  const { collector, url } = await start(t);
  await fetch(`${url}${PATH}`, {
    method: "POST",
    body: "AQB=1&pageName=Bl%C3%A5&AQE=1",
    headers: { "content-type": "application/x-www-form-urlencoded", referer: "https://shop.example/" },
  });
  await fetch(`${url}${PATH}?AQB=1&pageName=%7e*!`);
  const [post, get] = collector.hits;
  assert.equal(post?.method, "POST");
  assert.equal(post?.url, PATH);
  assert.equal(post?.body, "AQB=1&pageName=Bl%C3%A5&AQE=1");
  assert.equal(post?.headers["content-type"], "application/x-www-form-urlencoded");
  assert.equal(post?.headers.referer, "https://shop.example/");
  assert.equal(get?.url, `${PATH}?AQB=1&pageName=%7e*!`);
  assert.equal(get?.host, url.replace("http://", ""));
  assert.equal(get?.answered, "ok");
  assert.deepEqual([post?.number, get?.number], [1, 2]);
});

test("a CORS preflight is answered", async (t) => {
  const { url } = await start(t);
  const answer = await fetch(`${url}${PATH}`, {
    method: "OPTIONS",
    headers: { origin: "https://shop.example", "access-control-request-headers": "x-test" },
  });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers.get("access-control-allow-origin"), "https://shop.example");
  assert.equal(answer.headers.get("access-control-allow-headers"), "x-test");
});

test("a plan lists responses by request: statuses, images with a status, closed connections, delays", async (t) => {
  const { collector, url } = await start(t, { plan: ["500", "image:404", "drop", "delay:1", "204", "ok"] });
  const answers = [];
  for (let i = 0; i < 7; i++) {
    const answer = await fetch(`${url}${PATH}?AQB=1&n=${i}`).catch(() => undefined);
    answers.push(answer ? `${answer.status} ${answer.headers.get("content-type")}` : "closed");
  }
  const text = "text/plain; charset=utf-8";
  assert.deepEqual(answers, [
    `500 ${text}`,
    "404 image/gif",
    "closed",
    "200 image/gif",
    `204 ${text}`,
    "200 image/gif",
    "200 image/gif",
  ]);
  const collected = collector.hits.map((hit) => hit.collected);
  assert.deepEqual(collected, [false, true, false, true, false, true, true]);
});

test("a hit without a response is kept, and does not stop the collector from closing", async (t) => {
  const { collector, url } = await start(t, { plan: "hang" });
  const answer = fetch(`${url}${PATH}?AQB=1`).catch(() => "closed");
  const hit = await collector.waitFor(() => true);
  assert.equal(hit.answered, "hang");
  await collector.close();
  assert.equal(await answer, "closed");
});

test("a plan with a probability draws a random number for each hit", async (t) => {
  const numbers = [0.1, 0.9, 0.29, 0.3];
  const { collector, url } = await start(t, {
    plan: { answer: "500", probability: 0.3 },
    random: () => numbers.shift() ?? 1,
  });
  for (let i = 0; i < 4; i++) await fetch(`${url}${PATH}?AQB=${i}`);
  assert.deepEqual(
    collector.hits.map((hit) => hit.answered),
    ["500", "ok", "500", "ok"],
  );
});

test("an invalid plan is rejected, and the previous one stays", async (t) => {
  const { collector, url } = await start(t, { plan: "503" });
  for (const plan of [
    "",
    "99",
    "600",
    "delay:",
    "delay:99999999",
    [],
    {},
    { answer: "ok", probability: 2 },
    5,
    null,
  ]) {
    const answer = await fetch(`${url}/__plan`, { method: "PUT", body: JSON.stringify(plan) });
    assert.equal(answer.status, 400, JSON.stringify(plan));
    assert.throws(() => collector.plan(/** @type {any} */ (plan)));
  }
  assert.equal((await fetch(`${url}/__plan`, { method: "PUT", body: "{" })).status, 400);
  assert.equal(await (await fetch(`${url}/__plan`)).json(), "503");
  assert.equal((await fetch(`${url}/__plan`, { method: "PUT", body: '["drop","ok"]' })).status, 200);
  await assert.rejects(fetch(`${url}${PATH}?AQB=1`));
});

test("pages of other origins can neither read hits nor change the plan", async (t) => {
  const { url } = await start(t);
  const headers = { origin: "https://evil.example" };
  assert.equal((await fetch(`${url}/__plan`, { method: "PUT", body: '"500"', headers })).status, 403);
  assert.equal((await fetch(`${url}/__hits`, { method: "DELETE", headers })).status, 403);
  const read = await fetch(`${url}/__hits`, { headers });
  assert.equal(read.headers.get("access-control-allow-origin"), null);
});

test("down() closes the listening socket, up() opens it again on the same port", async (t) => {
  const { collector, port, url } = await start(t);
  await collector.down();
  await assert.rejects(fetch(`${url}${PATH}?AQB=1`));
  assert.equal(await collector.up(), port);
  assert.equal((await fetch(`${url}${PATH}?AQB=1`)).status, 200);
  assert.equal(collector.hits.length, 1);
});

test("bad input gets a 4xx status with a reason, and the next hit is collected", async (t) => {
  const { collector, port, url } = await start(t, { maxBody: 1000 });
  /** @type {[status: number, words: RegExp, path: string, init?: RequestInit][]} */
  const cases = [
    [400, /two hexadecimal digits/, `${PATH}?AQB=1&pageName=100%`],
    [400, /two hexadecimal digits/, `${PATH}?AQB=1&pageName=%zz`],
    [400, /two hexadecimal digits/, "/b/ss/su%ite/1/JS/s1?AQB=1"],
    [400, /two hexadecimal digits/, PATH, { method: "POST", body: "AQB=1&v1=%" }],
    [400, /neither a query nor a body/, PATH],
    [400, /neither a query nor a body/, `${PATH}?`],
    [400, /neither a query nor a body/, PATH, { method: "POST" }],
    [404, /SUITES/, "/b/ss/?AQB=1"],
    [404, /SUITES/, "/b/ss/suite?AQB=1"],
    [404, /SUITES/, "/b/ss//1?AQB=1"],
    [404, /SUITES/, "/elsewhere"],
    [405, /GET or a POST/, `${PATH}?AQB=1`, { method: "DELETE" }],
    [413, /longer than 1000 bytes/, PATH, { method: "POST", body: "x".repeat(1001) }],
    [413, /longer than 1000 bytes/, PATH, { method: "POST", body: "x".repeat(5_000_000) }],
  ];
  for (const [status, words, path, init] of cases) {
    const answer = await fetch(url + path, init);
    assert.equal(answer.status, status, `${init?.method ?? "GET"} ${path}`);
    assert.match(await answer.text(), words);
  }
  assert.match(await raw(port, "nonsense\r\n\r\n"), /^HTTP\/1\.1 400/);
  assert.match(
    await raw(port, `GET ${PATH}?${"x".repeat(300_000)} HTTP/1.1\r\nHost: x\r\n\r\n`),
    /^HTTP\/1\.1 431/,
  );
  assert.equal(collector.hits.length, 0);
  assert.equal(
    (await fetch(`${url}${PATH}?AQB=1&c1=%E4&x=${"y".repeat(64_000)}`)).status,
    200,
    "a long URL that is not UTF-8 is a hit",
  );
  assert.equal(collector.hits.length, 1);
});

test("a client that disconnects while it sends a body does no harm", async (t) => {
  const { collector, port, url } = await start(t);
  await new Promise((resolve) => {
    const request = http.request({
      port,
      host: "127.0.0.1",
      path: PATH,
      method: "POST",
      headers: { "content-length": 100 },
    });
    request.on("error", () => {});
    request.on("close", resolve);
    request.write("AQB=1", () => request.destroy());
  });
  assert.equal((await fetch(`${url}${PATH}?AQB=1`)).status, 200);
  assert.equal(collector.hits.length, 1);
});

test("the number and the bytes of hits in memory are limited", async (t) => {
  const { collector, url } = await start(t, { keep: 3 });
  for (let i = 1; i <= 5; i++) await fetch(`${url}${PATH}?n=${i}`);
  assert.deepEqual(
    collector.hits.map((hit) => hit.number),
    [3, 4, 5],
  );
  const small = await start(t, { keepBytes: 25_000 });
  for (let i = 1; i <= 5; i++)
    await fetch(`${small.url}${PATH}`, { method: "POST", body: "x".repeat(10_000) });
  assert.deepEqual(
    small.collector.hits.map((hit) => hit.number),
    [4, 5],
  );
});

test("hits are appended to a file as JSON lines", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "afterhit-hits-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, "hits.jsonl");
  for (const name of ["a", "b"]) {
    const { collector, url } = await start(t, { file });
    await fetch(`${url}${PATH}?pageName=${name}`);
    await collector.close();
  }
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).url),
    [`${PATH}?pageName=a`, `${PATH}?pageName=b`],
  );
});

test("the event stream starts with the hits so far, goes on live, and catches up after a reconnect", async (t) => {
  const { collector, url } = await start(t);
  await fetch(`${url}${PATH}?n=1`);
  const first = await follow(`${url}/__hits`);
  assert.deepEqual(await first.until("ready"), ['plan "ok"', "hit 1", "ready {}"]);
  await fetch(`${url}${PATH}?n=2`);
  collector.plan("drop");
  assert.deepEqual(await first.until("plan"), ["hit 2", 'plan "drop"']);
  await first.stop();

  const again = await follow(`${url}/__hits?after=${collector.hits[0]?.id}`);
  assert.deepEqual(await again.until("ready"), ['plan "drop"', "hit 2", "ready {}"]);
  collector.clear();
  assert.deepEqual(await again.until("cleared"), ["cleared {}"]);
  await again.stop();
  assert.deepEqual(await (await fetch(`${url}/__hits`)).json(), []);
});

/** @param {string} url of a stream of events */
async function follow(url) {
  const answer = await fetch(url, { headers: { accept: "text/event-stream" } });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.ok(reader);
  let text = "";
  return {
    /** @param {string} last the name of the event to wait for */
    async until(last) {
      const events = [];
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end < 0) {
          const { done, value } = await reader.read();
          assert.ok(!done, `the stream ended before ${last}`);
          text += value;
          continue;
        }
        const [, name, data = ""] = /event: (.*)\ndata: (.*)/.exec(text.slice(0, end)) ?? [];
        text = text.slice(end + 2);
        events.push(`${name} ${name === "hit" ? JSON.parse(data).number : data}`);
        if (name === last) return events;
      }
    },
    stop: () => reader.cancel(),
  };
}
