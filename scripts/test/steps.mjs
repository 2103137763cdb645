// The steps of `npm test`, in the order in which they run.
import { requireBrowser } from "../lib/find-browser.mjs";
import { run } from "../lib/run.mjs";
import { runCargoTests, runNodeTests } from "./count.mjs";
import { filesIn, mayHaveNodeTest, mayHaveRustTest } from "./filter.mjs";

/**
 * @typedef {import("./count.mjs").Counts} Counts
 * @typedef {import("../lib/find-browser.mjs").BrowserName} BrowserName
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} about
 * @property {("build" | BrowserName)[]} needs
 * @property {boolean} [isOptional] whether it runs only when it is named
 * @property {(name: string) => boolean} mayHave whether there may be a test of this name; nothing is built to find out
 * @property {(name?: string) => Promise<Counts>} test runs all tests, or those whose name contains `name`
 */

const scenarios = filesIn("tests/wire", ".json");
const faultTitles = ["scripts/faults/list.mjs"];

/** @type {Step[]} */
export const steps = [
  {
    name: "native",
    about: "the core, compiled for this machine",
    needs: [],
    mayHave: (name) => filesIn("src", ".rs").some((file) => mayHaveRustTest(file, name)),
    test: (name) => runCargoTests(rustFilter(name)),
  },
  {
    name: "size",
    about: "the sizes of the shipped files, compared with tests/budgets.json",
    needs: ["build"],
    mayHave: (name) => name === "size",
    test: checkSizes,
  },
  {
    name: "browser",
    about: "the Rust tests in tests/, in a browser",
    needs: ["chromium"],
    mayHave: (name) => filesIn("tests", ".rs").some((file) => mayHaveRustTest(file, name)),
    test: runBrowserTests,
  },
  nodeStep({
    folder: "wire",
    about: "pages recorded with AppMeasurement, replayed with dist/afterhit.js",
    titles: scenarios,
  }),
  nodeStep({
    folder: "compare",
    about: "pages with stand-ins for Adobe's companion libraries",
    titles: filesIn("tests/compare", ".json"),
  }),
  nodeStep({ folder: "e2e", about: "pages, the demo and the collector together" }),
  nodeStep({
    folder: "faults",
    about: "delivery over failing networks",
    titles: faultTitles,
  }),
  browserStep("firefox", "scenarios, callbacks and faults in Firefox"),
  browserStep("webkit", "scenarios, callbacks and faults in WebKitGTK"),
  nodeStep({ folder: "package", about: "the npm package, installed and bundled; the build; the lints" }),
];

/**
 * @param {object} options
 * @param {string} options.folder in tests; also the step's name
 * @param {string} options.about
 * @param {string[]} [options.titles] files outside the tests from which they take their titles
 * @returns {Step}
 */
function nodeStep({ folder, about, titles = [] }) {
  const files = filesIn(`tests/${folder}`, ".test.mjs");
  return {
    name: folder,
    about,
    needs: ["build", "chromium"],
    mayHave: (name) => [...files, ...titles].some((file) => mayHaveNodeTest(file, name)),
    test: (name) => runFiles(files, titles, name, { CHROMIUM: requireBrowser() }),
  };
}

/**
 * The same tests in another browser: those of what may differ there.
 * @param {Exclude<BrowserName, "chromium">} browser also the step's name
 * @param {string} about
 * @returns {Step}
 */
function browserStep(browser, about) {
  const callbacks = ["post-track", "failed-hits", "delayed-hits", "failure"].map(
    (subject) => `tests/e2e/callbacks-${subject}.test.mjs`,
  );
  const files = ["tests/wire/wire.test.mjs", ...callbacks, "tests/faults/faults.test.mjs"];
  const titles = [...scenarios, ...faultTitles];
  return {
    name: browser,
    about,
    isOptional: true,
    needs: ["build", browser],
    mayHave: (name) => [...files, ...titles].some((file) => mayHaveNodeTest(file, name)),
    async test(name) {
      const path = requireBrowser(browser);
      return runFiles(files, titles, name, { TEST_BROWSER: browser, [browser.toUpperCase()]: path });
    },
  };
}

/**
 * @param {string[]} files
 * @param {string[]} titles files from which these take titles
 * @param {string | undefined} name
 * @param {Record<string, string>} env
 */
function runFiles(files, titles, name, env) {
  const isFoundElsewhere = name !== undefined && titles.some((file) => mayHaveNodeTest(file, name));
  const wanted =
    name === undefined || isFoundElsewhere ? files : files.filter((file) => mayHaveNodeTest(file, name));
  return runNodeTests([...nodeOptions(name), ...wanted], env);
}

/** @param {string | undefined} name */
function nodeOptions(name) {
  // A failing test may leave a server open, and one that waits forever must not hold up the run.
  const limits = ["--test-force-exit", "--test-timeout=900000"];
  if (name === undefined) return limits;
  return [...limits, `--test-name-pattern=${name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}`];
}

/** @param {string | undefined} name */
const rustFilter = (name) => (name === undefined ? [] : ["--", name]);

/** scripts/size.mjs prints what is too large, and why. */
async function checkSizes() {
  const ok = await run(process.execPath, ["scripts/size.mjs"]).then(
    () => true,
    () => false,
  );
  return { passed: Number(ok), failed: Number(!ok), ok };
}

/** @param {string} [name] */
function runBrowserTests(name) {
  const targets = filesIn("tests", ".rs").flatMap((file) => [
    "--test",
    file.slice("tests/".length, -".rs".length),
  ]);
  return runCargoTests(["--target", "wasm32-unknown-unknown", ...targets, ...rustFilter(name)], {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "node scripts/test/browser.mjs",
  });
}
