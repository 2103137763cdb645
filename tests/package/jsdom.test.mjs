// The script in jsdom, where a site's unit tests run: no TextEncoder, no fetch, no Request, no real images.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { JSDOM, VirtualConsole } from "jsdom";

const script = await readFile(new URL("../../dist/afterhit.js", import.meta.url), "utf8");

/** @typedef {"at once" | "later" | "never" | "failing"} Answer when the stub of `Image` says that an image has loaded */

/**
 * Loads the script in a window with a stub of `Image`, as unit tests make it.
 * @param {Answer} answer
 */
function open(answer) {
  /** @type {string[]} */
  const messages = [];
  const virtualConsole = new VirtualConsole();
  for (const type of ["error", "warn", "log", "jsdomError"])
    virtualConsole.on(/** @type {any} */ (type), (/** @type {any[]} */ ...list) =>
      messages.push(`${type}: ${list.join(" ")}`),
    );
  const { window } = new JSDOM("<!doctype html><title>Shop</title><body><a href='#'>link</a></body>", {
    url: "https://www.example.com/",
    runScripts: "outside-only",
    // Else the document says that it is prerendered, and hits wait.
    pretendToBeVisual: true,
    virtualConsole,
  });
  /** @type {string[]} */
  const requests = [];
  window.Image = /** @type {any} */ (
    class {
      onload = () => {};
      onerror = () => {};
      set src(/** @type {string} */ url) {
        if (!url) return;
        requests.push(url);
        if (answer === "at once") this.onload();
        if (answer === "later") setTimeout(() => this.onload());
        if (answer === "failing") setTimeout(() => this.onerror());
      }
    }
  );
  window.eval(script);
  const s = /** @type {import("../../src/entry/afterhit.d.ts").Tracker} */ (window.eval('s_gi("suite")'));
  s.trackingServer = s.trackingServerSecure = "data.example.com";
  return { window, s, requests, messages };
}

for (const answer of /** @type {const} */ (["at once", "later"])) {
  test(`a stub of Image that answers ${answer} without an event gets its hits, and they their callbacks`, async (t) => {
    const { window, s, requests, messages } = open(answer);
    t.after(() => window.close());
    /** @type {string[]} */
    const delivered = [];
    s.registerPostTrackCallback((/** @type {string} */ url) => delivered.push(url));
    s.pageName = "Hällo 😀 \ud800";
    s.t();
    s.tl(true, "o", "link");
    s.eVar1 = "x".repeat(3000);
    s.t();
    const outcome = await s.outcome();
    assert.equal(outcome.status, "delivered");
    assert.equal(requests.length, 3);
    assert.deepEqual(delivered, requests);
    assert.match(
      requests[0] ?? "",
      /^https:\/\/data\.example\.com\/b\/ss\/suite\/1\/JS-2\.27\.0\/s\d+\?AQB=1.*&pageName=H%C3%A4llo%20%F0%9F%98%80%20%EF%BF%BD&.*&AQE=1$/,
    );
    assert.match(requests[1] ?? "", /&pe=lnk_o&pev2=link&/);
    assert.deepEqual(messages, []);
  });
}

test("a stub of Image that calls onerror without an event has failed", async (t) => {
  const { window, s, requests, messages } = open("failing");
  t.after(() => window.close());
  let delivered = 0;
  s.registerPostTrackCallback(() => delivered++);
  s.t();
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(delivered, 0);
  assert.equal(requests.length, 1);
  assert.deepEqual(messages, []);
});

test("a stub of Image that never answers gets the first hit", (t) => {
  const { window, s, requests, messages } = open("never");
  t.after(() => window.close());
  s.t();
  assert.equal(requests.length, 1);
  assert.equal(s.Util.cookieRead("s_cc"), "true");
  assert.deepEqual(messages, []);
});
