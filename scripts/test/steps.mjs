// The steps of `npm test`, in their order.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { findBrowser } from "../lib/browser.mjs";
import { Failure, root, run } from "../lib/run.mjs";
import { countTests } from "./count.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} about
 * @property {("build" | "browser")[]} needs
 * @property {() => Promise<import("./count.mjs").Counts>} test
 */

// A test that fails may leave a server open; and whatever waits for ever fails, in ms, and does not hold the run.
const neverHang = ["--test-force-exit", "--test-timeout=900000"];

/** @type {Step[]} */
export const steps = [
  {
    name: "native",
    about: "the pure core, compiled for this machine",
    needs: [],
    test: () => countTests("cargo", ["test"]),
  },
  {
    name: "size",
    about: "what the shipped files weigh, held against tests/budgets.json",
    needs: ["build"],
    test: sizeTest,
  },
  {
    name: "browser",
    about: "the Rust tests in tests/, in Chromium",
    needs: ["browser"],
    test: browserTests,
  },
  {
    name: "wire",
    about: "recorded pages of AppMeasurement, played against dist/afterhit.js",
    needs: ["build", "browser"],
    test: () => nodeTests("tests/wire"),
  },
  {
    name: "e2e",
    about: "pages, the demo and the collector together",
    needs: ["build", "browser"],
    test: () => nodeTests("tests/e2e"),
  },
  {
    name: "faults",
    about: "hits and failing networks, in a real browser",
    needs: ["build", "browser"],
    test: () => nodeTests("tests/faults"),
  },
  {
    name: "package",
    about: "the packed npm package, installed elsewhere",
    needs: ["build", "browser"],
    test: () => nodeTests("tests/package"),
  },
];

/** Says itself what is too large, and why. */
async function sizeTest() {
  const ok = await run(process.execPath, ["scripts/size.mjs"]).then(
    () => true,
    () => false,
  );
  return { passed: Number(ok), failed: Number(!ok), ok };
}

function needBrowser() {
  const browser = findBrowser();
  if (!browser) throw new Failure("No browser: run `node scripts/setup.mjs --browser`.");
  return browser;
}

/**
 * @param {string} folder
 * @param {string} end
 */
function filesIn(folder, end) {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`);
}

/** @param {string} folder */
async function nodeTests(folder) {
  const files = filesIn(folder, ".test.mjs");
  if (files.length === 0) return { passed: 0, failed: 0, ok: true };
  const env = { CHROMIUM: needBrowser().chromium };
  return countTests(process.execPath, ["--test", ...neverHang, "--test-reporter=spec", ...files], env);
}

function browserTests() {
  const names = filesIn("tests", ".rs").map((file) => file.slice("tests/".length, -".rs".length));
  const tests = names.flatMap((name) => ["--test", name]);
  return countTests("cargo", ["test", "--target", "wasm32-unknown-unknown", ...tests], {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "node scripts/test/browser.mjs",
  });
}
