// Cargo's runner for the Rust tests in a browser: `node scripts/test/browser.mjs FILE [ARGUMENTS]`.
// wasm-bindgen-test-runner serves the test page, and Playwright opens it. The runner's own headless mode is not used: it
// needs a WebDriver, and its server leaves some of many simultaneous requests unanswered, so requests go one at a time.
import { spawn } from "node:child_process";
import { freePort } from "../lib/free-port.mjs";
import { launchBrowser } from "../lib/launch-browser.mjs";
import { Failure, main } from "../lib/run.mjs";
import { needWasmBindgen } from "../lib/tools.mjs";

/** The tests take less than a second. */
const TIMEOUT_MS = 120_000;

/**
 * @param {string} address host and port
 * @param {string[]} args the test binary, then arguments for the tests
 */
function startRunner(address, args) {
  return spawn(needWasmBindgen("wasm-bindgen-test-runner"), args, {
    env: {
      ...process.env,
      NO_HEADLESS: "1",
      WASM_BINDGEN_TEST_ONLY_WEB: "1",
      WASM_BINDGEN_TEST_ADDRESS: address,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/**
 * @param {ReturnType<typeof startRunner>} runner
 * @param {string} url printed by the runner as soon as it serves the page
 */
function isServing(runner, url) {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (/** @type {Buffer} */ data) => {
      output += data;
      if (output.includes(url)) resolve(undefined);
    };
    runner.stdout.on("data", read);
    runner.stderr.on("data", read);
    runner.on("close", () => reject(new Failure(`wasm-bindgen-test-runner ended early: ${output}`)));
  });
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} url
 */
async function serializeRequests(page, url) {
  let previous = Promise.resolve();
  await page.route(`${url}/**`, (route) => {
    previous = previous.then(async () => route.fulfill({ response: await route.fetch() }));
    return previous;
  });
}

/**
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string>} what the tests print
 */
async function readOutput(page) {
  const output = page.locator("#output");
  await output
    .filter({ hasText: "test result:" })
    .waitFor({ state: "attached", timeout: TIMEOUT_MS })
    .catch(() => console.error(`afterhit: the tests in the browser did not finish within ${TIMEOUT_MS} ms`));
  return (await output.textContent()) ?? "";
}

await main(async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const runner = startRunner(address, process.argv.slice(2));
  try {
    await isServing(runner, url);
    const browser = await launchBrowser();
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error.message));
    await serializeRequests(page, url);
    await page.goto(`${url}/`);
    const output = await readOutput(page);
    await browser.close();
    console.log(output);
    // The page has no exit code: its summary line says how the tests ended.
    if (!output.includes("test result: ok")) process.exitCode = 1;
  } finally {
    runner.kill();
  }
});
