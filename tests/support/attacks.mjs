// What hostile, broken or merely odd pages do to a tracker, and what arrives all the same. Each attack has a page of its own and runs
// on any library with the API of AppMeasurement: tests/e2e/attacks.test.mjs plays them on afterhit, and
//   node tests/support/attacks.mjs LIBRARY.js …
// prints what these libraries make of them.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { launchBrowser } from "../../scripts/lib/launch-browser.mjs";
import { createCollector } from "../../www/collector.mjs";
import { listen } from "../../www/listen.mjs";

/**
 * @typedef {object} Attack
 * @property {string} name
 * @property {string} [before] a script that runs before the tracker's
 * @property {string} [query] of the page's address
 * @property {string} [cookie] that is there before the tracker
 * @property {string} [body] HTML
 * @property {string} run the body of an async function. `send(name)` tracks a page view and returns what became of it, `pause(ms)`
 *   waits, `fail` throws
 * @property {string[]} arrives names of the hits of afterhit, in order
 * @property {string} [apartFrom] the name of hits of which any number may arrive
 * @property {string[]} [reference] those of AppMeasurement 2.27.0, if they are others
 * @property {any} [returns] what `run` returns on afterhit
 * @property {RegExp} [sends] what the URL of the last hit contains
 * @property {RegExp} [says] what is on the console
 * @property {boolean} [isQuiet] whether no error is on the console
 */

/** @typedef {{ arrived: string[], returned: any, last: string, thrown: string[], logged: string[], errors: string[] }} Result */

/** @type {Attack[]} */
export const attacks = [
  {
    name: "a console that throws while a service throws",
    run: `const { error } = console;
      console.error = fail;
      s.visitor = { isAllowed: fail };
      for (const name of ["one", "two", "three"]) await send(name);
      console.error = error;
      delete s.visitor;
      await send("four");
      return send("five");`,
    arrives: ["one", "two", "three", "four", "five"],
    reference: ["four", "five"],
    returns: "delivered",
  },
  {
    name: "a console that throws while callbacks throw",
    run: `const { error } = console;
      console.error = console.log = fail;
      s.registerPreTrackCallback(fail);
      s.registerPostTrackCallback(fail);
      for (const name of ["one", "two", "three"]) await send(name);
      console.error = error;
      return send("four");`,
    arrives: ["one", "two", "three", "four"],
    returns: "delivered",
  },
  {
    name: "a value that tracks while it is read",
    run: `s.account = "";
      s.prop1 = { toString() { s.t(); return "x"; } };
      try { s.t(); } catch {}
      s.prop1 = "";
      s.account = "suite";
      await pause(200);
      s.maxHitsPer10Seconds = 1e6;
      await send("after");
      return send("next");`,
    arrives: ["after", "next"],
    returns: "delivered",
  },
  {
    name: "calls where the stack ends",
    run: `s.maxHitsPer10Seconds = s.maxConcurrentHits = 1e6;
      s.pageName = "deep";
      let left = 300;
      const deep = (a, b, c) => {
        try { deep(a, b, c); } catch {}
        if (left-- > 0) s.tl(true, "o", "deep", { prop9: "override" });
      };
      try { deep(1, 2, 3); } catch {}
      const open = s.outcome?.();
      await send("after");
      const late = pause(9000).then(() => "open");
      return [s.prop9, typeof (await Promise.race([open, late])), await send("next")];`,
    arrives: ["after", "next"],
    apartFrom: "deep",
    returns: [undefined, "object", "delivered"],
  },
  {
    name: "an encoder that throws for a while",
    run: `const { encodeInto } = TextEncoder.prototype;
      TextEncoder.prototype.encodeInto = fail;
      const lost = [];
      for (let i = 0; i < 200; i++) {
        try { s.tl(true, "o", "lost", { prop9: "override" }); } catch {}
        lost.push(s.outcome?.());
      }
      TextEncoder.prototype.encodeInto = encodeInto;
      await send("after");
      const statuses = await Promise.race([Promise.all(lost), pause(5000)]);
      return [s.prop9, s.linkName, statuses?.every((outcome) => outcome?.status == "failed"), await send("next")];`,
    arrives: ["after", "next"],
    returns: [undefined, 0, true, "delivered"],
  },
  {
    name: "an Image that throws at once",
    run: `const { Image } = window;
      window.Image = fail;
      s.pageName = "one";
      s.t();
      window.Image = Image;
      return s.outcome?.().then(({ status }) => status) ?? pause(500);`,
    arrives: ["one"],
    reference: [],
    returns: "delivered",
  },
  {
    name: "an image whose source cannot be set",
    run: `const { src } = Object.getOwnPropertyDescriptors(HTMLImageElement.prototype);
      Object.defineProperty(HTMLImageElement.prototype, "src", { set: fail, configurable: true });
      s.pageName = "one";
      try { s.t(); } catch {}
      Object.defineProperty(HTMLImageElement.prototype, "src", src);
      return s.outcome?.().then(({ status }) => status) ?? pause(500);`,
    arrives: ["one"],
    reference: [],
    returns: "delivered",
  },
  {
    name: "a fetch that throws at once",
    run: `window.fetch = fail;
      window.XMLHttpRequest = fail;
      s.marketingCloudVisitorID = "1".repeat(38);
      s.prop1 = "x".repeat(2100);
      return send("long");`,
    arrives: ["long"],
    reference: [],
    returns: "delivered",
  },
  {
    name: "a beacon that throws at once",
    run: `navigator.sendBeacon = fail;
      s.useBeacon = true;
      return send("beacon");`,
    arrives: ["beacon"],
    reference: [],
    returns: "delivered",
  },
  {
    name: "a polluted Object.prototype",
    before: `for (const name of ["script", "body", "query", "action", "lines", "outcome", "promise", "resolve", "key", "session", "signal",
        "value", "writable", "d", "s", "f", "id", "fid", "url"]) Object.prototype[name] = 1;
      Object.prototype.toJSON = () => "polluted";`,
    run: `s.contextData.size = "42"; s.prop1 = "own"; return send("one");`,
    arrives: ["one"],
    returns: "delivered",
    sends: /&c\.&size=42&\.c&c1=own&/,
    isQuiet: true,
  },
  {
    name: "methods of Array as Prototype.js 1.6 has them",
    before: `Array.prototype.toJSON = function () { return "[]"; };
      Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
      Array.from = (list) => [].concat(list);`,
    run: `let asked = 0;
      s.visitor = { isAllowed: () => true, getVisitorValues(answer) { asked++; setTimeout(answer, 0, { MCMID: "9" }); } };
      await send("one");
      return asked;`,
    arrives: ["one"],
    sends: /&mid=9&/,
    returns: 1,
  },
  {
    name: "hits stored under Prototype.js 1.6",
    before: `Array.prototype.toJSON = function () { return "[" + this.map((item) => '"' + item + '"').join(", ") + "]"; };`,
    run: `s.trackOffline = true;
      s.offlineHitLimit = 5;
      s.forceOffline();
      for (const name of ["one", "two"]) { s.pageName = name; s.t(); }
      await pause(100);
      const stored = JSON.parse(localStorage[Object.keys(localStorage).find((key) => key.startsWith("AppM"))]);
      s.forceOnline();
      await send("three");
      return Array.isArray(stored) && stored.length;`,
    arrives: ["one", "two", "three"],
    returns: 2,
  },
  {
    name: "no TextEncoder",
    before: `delete window.TextEncoder; delete window.TextDecoder;`,
    run: `s.prop1 = "åé"; return send("one");`,
    arrives: ["one"],
    sends: /&c1=%C3%A5%C3%A9&/,
  },
  ...[
    ["that is no array", "window.s_c_il = { length: 1 };"],
    ["that is frozen", "window.s_c_il = Object.freeze([1]);"],
    ["that cannot be replaced", `Object.defineProperty(window, "s_c_il", { value: "text" });`],
    ["with holes", "window.s_c_il = [null, , undefined, 1, 'text'];"],
  ].map(([what, before = ""]) => ({
    name: `a list of trackers ${what}`,
    before,
    run: `await send("one"); return s_gi("suite") === s;`,
    arrives: ["one"],
    returns: true,
  })),
  {
    name: "an invalid referrer in the address",
    query: "?adobe_mc_ref=%FF%01a",
    run: `await send("one");`,
    arrives: ["one"],
    sends: /&r=%C3%BF%01a&/,
  },
  {
    name: "an invalid visitor id in a cookie",
    cookie: "s_fid=%FF-%01a",
    run: `await send("one"); return [s.fid, document.cookie.match(/s_fid=[^;]*/)[0]];`,
    arrives: ["one"],
    sends: /&fid=%C3%BF-%01a&/,
    returns: ["\xff-\x01a", "s_fid=%C3%BF-%01a"],
  },
  {
    name: "an invalid pending click in a cookie",
    cookie: "s_sq=suite%3D%2526pid%253Da%FF%01b",
    run: `await send("one");`,
    arrives: ["one"],
    sends: /&pid=a/,
  },
  {
    name: "form fields named like properties of nodes",
    body: `<form id="form" onsubmit="return false"><input name="parentNode"><input name="assignedSlot"><input name="host">
      <input name="tagName"><input name="getAttribute"><input name="dataset"><input name="id"><input name="href"><input name="nodeName">
      <input name="querySelectorAll"><input name="onclick"><button id="button">Send</button><span id="span">x</span></form>`,
    run: `s.trackClickMap = false;
      document.getElementById("span").click();
      document.getElementById("button").click();
      return send("one");`,
    arrives: ["one"],
    sends: /&a\.&activitymap\.&page=.*&link=Send&region=form&/,
    isQuiet: true,
  },
  {
    name: "images and forms named like properties of the document",
    body: `<form name="parentNode"><span id="span">x</span></form><form name="host"></form><img name="assignedSlot" alt="">`,
    run: `document.getElementById("span").click(); s.tl(document.getElementById("span"), "o", "link"); await pause(200); return send("one");`,
    arrives: ["link", "one"],
  },
  {
    name: "elements that are their own parents",
    run: `const own = {}; own.parentNode = own.assignedSlot = own.host = own;
      s.tl(own, "o", "link");
      await pause(200);
      return send("one");`,
    arrives: ["link", "one"],
    reference: [],
  },
  {
    name: "100,000 properties on the tracker",
    run: `for (let i = 0; i < 1e5; i++) s["unrelated" + i] = "x";
      s.eVar77 = "new";
      const shortest = (act) => Math.min(...Array.from({ length: 9 }, () => {
        const start = performance.now();
        act();
        return performance.now() - start;
      }));
      s.abort = true;
      s.t();
      const call = shortest(() => { s.abort = true; s.t(); });
      const listing = shortest(() => Object.keys(s));
      s.eVar78 = "newer";
      await send("last");
      return call < listing / 2;`,
    arrives: ["last"],
    sends: /&v77=new&v78=newer&/,
    returns: true,
  },
  {
    name: "a link with data of 3 MB, and hits that wait",
    body: `<a id="link" href="data:text/plain," onclick="return false">Data</a>`,
    run: `s.linkLeaveQueryString = s.trackExternalLinks = true;
      const link = document.getElementById("link");
      link.href += "x".repeat(3e6);
      s.bufferRequests();
      for (const name of ["one", "two"]) { s.pageName = name; s.t(); }
      s.tl(link, "o", "huge");
      s.bufferRequests(false);
      await pause(500);`,
    arrives: ["one", "two", "huge"],
    reference: ["one", "two"],
    says: /afterhit: .*cut/,
  },
  {
    name: "a hit of 3 MB, and hits that wait",
    run: `s.bufferRequests();
      for (const name of ["one", "two"]) { s.pageName = name; s.t(); }
      s.prop1 = "x".repeat(3e6);
      s.pageName = "huge";
      s.t();
      const huge = await s.outcome?.();
      s.prop1 = "";
      s.bufferRequests(false);
      await send("three");
      return huge?.status;`,
    arrives: ["one", "two", "three"],
    returns: "failed",
    says: /afterhit: .*too large/,
  },
  {
    name: "hits that are dropped while others are made",
    run: `const seen = [];
      s.registerTrackFailureCallback?.(() => seen.push(s.prop9));
      s.trackOffline = true;
      s.offlineLimit = s.offlineHitLimit = 2;
      s.forceOffline();
      for (const name of ["one", "two", "three", "four"]) {
        s.pageName = name;
        s.t({ prop9: "override" });
      }
      await pause(100);
      s.forceOnline();
      await pause(1000);
      return seen;`,
    arrives: ["three", "four"],
    returns: [undefined, undefined],
  },
];

const helpers = `
  var pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  var fail = function () { throw new Error("of the page"); };
  var send = async (name) => {
    s.pageName = name;
    try { s.t(); } catch (error) { return "threw"; }
    return s.outcome ? Promise.race([s.outcome().then(({ status }) => status), pause(8000).then(() => "open")]) : pause(400);
  };`;

/** @param {Attack} attack @param {number} port */
const pageOf = (
  { before = "", body = "", cookie },
  port,
) => `<!doctype html><meta charset="utf-8"><title>Page</title>
<script>${helpers} ${cookie ? `document.cookie = ${JSON.stringify(cookie)};` : ""} ${before}</script>
<script src="/library.js"></script>
<script>var s = s_gi("suite"); s.trackingServer = "127.0.0.1:${port}";</script><body>${body}</body>`;

/** Starts a browser that plays attacks on a library. @param {string} library its source */
export async function openAttacks(library) {
  const browser = await launchBrowser();
  /** @type {Map<string | undefined, string>} */
  const pages = new Map();
  const server = createServer((request, response) => {
    const page = pages.get(request.url?.split("?")[0]);
    response.writeHead(200, { "content-type": page ? "text/html" : "text/javascript" }).end(page ?? library);
  });
  const port = await listen(server);
  return {
    /** @param {Attack} attack @returns {Promise<Result>} */
    async play(attack) {
      const collector = createCollector({ plan: "ok" });
      const collectorPort = await collector.listen();
      const context = await browser.newContext();
      const page = await context.newPage();
      /** @type {string[]} */
      const thrown = [];
      /** @type {import("playwright-core").ConsoleMessage[]} */
      const messages = [];
      page.on("pageerror", ({ message }) => thrown.push(message));
      page.on("console", (message) => messages.push(message));
      const path = `/${collectorPort}`;
      pages.set(path, pageOf(attack, collectorPort));
      try {
        await page.goto(`http://localhost:${port}${path}${attack.query ?? ""}`);
        const late = new Promise((resolve) => setTimeout(resolve, 25_000, "the page hangs").unref());
        const returned = await Promise.race([page.evaluate(`(async () => { ${attack.run} })()`), late]);
        const texts = (/** @type {string | undefined} */ type) =>
          messages.filter((one) => !type || one.type() === type).map((one) => one.text());
        return {
          returned,
          arrived: collector.hits.map(nameOf),
          last: collector.hits.at(-1)?.url ?? "",
          thrown,
          logged: texts(undefined),
          errors: texts("error"),
        };
      } finally {
        await context.close();
        await collector.close();
      }
    },
    async close() {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param {import("../../www/collector.mjs").Hit} hit */
function nameOf({ url, body }) {
  const parameters = new URLSearchParams(url.split("?")[1] || body);
  return parameters.get("pev2") ?? parameters.get("pageName") ?? "";
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const only = process.env.ONLY ?? "";
  const libraries = process.argv.slice(2);
  for (const library of libraries) {
    const { play, close } = await openAttacks(readFileSync(library, "utf8"));
    console.log(`\n${library}`);
    for (const attack of attacks.filter(({ name }) => name.includes(only))) {
      const result = await play(attack).catch((error) => ({ error: error.message }));
      const text = JSON.stringify(result, (_, value) =>
        typeof value === "string" ? value.slice(0, 300) : value,
      );
      console.log(`${attack.name}\n    ${text.slice(0, 900)}`);
    }
    await close();
  }
}
