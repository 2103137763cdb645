// What other code finds on `s` and on `window`: every public member, its type and its value, before a hit, after `t()` and after
// `tl()`, beside the table in tests/support/inventory.json. The table was recorded from AppMeasurement 2.27.0; to do that again:
// `REFERENCE=path/to/AppMeasurement.js node --test tests/e2e/inventory.test.mjs`.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { openPage } from "../support/fixture.mjs";

/** @typedef {Record<string, Record<string, string>>} Inventory by moment, then by path: type and value */

const file = new URL("../support/inventory.json", import.meta.url);
const { REFERENCE } = process.env;

/** Members of AppMeasurement that have a name of one or two letters and are public all the same. */
const SHORT_NAMES = ["t", "tl", "sa", "w", "d", "b", "_c", "s", "pe"];

/**
 * Runs in the page: types and values of the members of `s`, of the objects that belong to it, and of the tracker's globals.
 * @param {string[]} shortNames
 */
function takeInventory(shortNames) {
  const page = /** @type {any} */ (window);
  /** @type {Record<string, string>} */
  const found = {};
  /** @param {any} value */
  const describe = (value) => {
    if (value === null) return "null";
    const type = Array.isArray(value) ? "array" : typeof value;
    if (type === "function") return type;
    if (value instanceof Image) return `image complete=${value.complete}`;
    if (value instanceof Node || value === window) return `${Object.prototype.toString.call(value)}`;
    if (type === "object" && value._c) return `instance ${value._c}`;
    return type === "array" || type === "object" ? `${type} ${JSON.stringify(value)}` : `${type} ${value}`;
  };
  /** @param {string} path @param {any} object */
  const list = (path, object) => {
    for (const name of Object.keys(object)) {
      if (name.length < 3 && !shortNames.includes(name)) continue;
      // What else is on the list of instances is no member of this one.
      found[`${path}.${name}`] = name === "_il" ? "array" : describe(object[name]);
    }
  };
  list("s", page.s);
  list("s.Util", page.s.Util);
  list("s.ActivityMap", page.s.ActivityMap);
  for (const name of Object.keys(page)) {
    if (/^s_|^AppMeasurement/.test(name))
      found[`window.${name}`] = name === "s_c_il" ? "array" : describe(page[name]);
  }
  found["AppMeasurement.getInstance"] = describe(page.AppMeasurement.getInstance);
  return found;
}

/** Members that afterhit has and AppMeasurement has not. */
const ADDED = {
  "s.afterhit": "afterhit's own version",
  "s.outcome": "the promise of a call's outcome",
  "s.registerTrackFailureCallback": "runs when a hit is given up",
};

/** Members that differ, by path: why. */
const DIFFERENT = {
  "s.bodyClickFunction": "the action of a link is kept with its call",
  "s.bodyClickTarget": "the action of a link is kept with its call",
  "window.AppMeasurement_Module_ActivityMap": "Activity Map is no file of its own",
};

/** @param {import("node:test").TestContext} t @param {string} [script] instead of dist/afterhit.js */
async function record(t, script) {
  const { page, address, collector } = await openPage(t);
  if (script) {
    await page.route("**/afterhit.js", (route) =>
      route.fulfill({ path: script, contentType: "text/javascript" }),
    );
    await page.reload();
  }
  // The body must be there, and what waits for it.
  await page.waitForTimeout(50);
  /** @param {string} action @param {number} hits */
  const after = async (action, hits) => {
    await page.evaluate(action);
    if (hits) await collector.waitFor(() => collector.hits.length === hits);
    await page.waitForTimeout(50);
    const found = await page.evaluate(`(${takeInventory})(${JSON.stringify(SHORT_NAMES)})`);
    /** @type {Record<string, string>} */
    const clean = {};
    for (const name of Object.keys(found).sort()) {
      clean[name] = found[name]
        .replaceAll(address, "ADDRESS")
        .replace(/127\.0\.0\.1:\d+/, "COLLECTOR")
        .replace(/^string [0-9A-F]{16}-[0-9A-F]{16}$/, "string FID");
    }
    return clean;
  };
  return {
    "before a hit": await after("0", 0),
    "after t": await after("s.t()", 1),
    "after tl": await after('s.tl(document.body, "o", "link")', 2),
  };
}

test("records the table", { skip: !REFERENCE }, async (t) => {
  writeFileSync(file, `${JSON.stringify(await record(t, REFERENCE), null, 2)}\n`);
});

test("every public member has the type and the value that AppMeasurement gives it", async (t) => {
  /** @type {Inventory} */
  const expected = JSON.parse(readFileSync(file, "utf8"));
  const found = await record(t);
  for (const [moment, members] of Object.entries(found)) {
    const wanted = { ...expected[moment] };
    for (const name of Object.keys(ADDED)) {
      assert.ok(name in members, `${name} is there ${moment}`);
      delete members[name];
    }
    for (const name of Object.keys(DIFFERENT)) {
      if (name in wanted) assert.notEqual(members[name], wanted[name], `${name} differs ${moment}`);
      delete members[name];
      delete wanted[name];
    }
    assert.deepEqual(members, wanted, moment);
  }
});
