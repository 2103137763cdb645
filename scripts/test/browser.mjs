// What cargo runs a Rust test of tests/*.rs with, in a browser: `node scripts/test/browser.mjs FILE`. wasm-bindgen's runner
// serves it; its own way to drive the browser is not taken here, because its server at times leaves one of many requests
// at once unanswered: here they come one at a time.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { launchBrowser } from "../../tests/support/browser.mjs";
import { Failure } from "../lib/run.mjs";
import { needWasmBindgen } from "../lib/tools.mjs";

/** In ms; they take less than one second. */
const patience = 120_000;

const [file = ""] = process.argv.slice(2);
const address = `127.0.0.1:${await freePort()}`;
const server = spawn(needWasmBindgen("wasm-bindgen-test-runner"), [file], {
  env: {
    ...process.env,
    NO_HEADLESS: "1",
    WASM_BINDGEN_TEST_ONLY_WEB: "1",
    WASM_BINDGEN_TEST_ADDRESS: address,
  },
  stdio: ["ignore", "pipe", "pipe"],
});
const browser = await launchBrowser();
try {
  await said(server, `http://${address}`);
  const output = await outputOf(browser, `http://${address}`);
  console.log(output);
  if (!output.includes("test result: ok")) process.exitCode = 1;
} finally {
  server.kill();
  await browser.close();
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(address.port));
    });
  });
}

/**
 * @param {import("node:child_process").ChildProcessByStdio<null, import("node:stream").Readable, import("node:stream").Readable>} child
 * @param {string} text
 */
function said(child, text) {
  return new Promise((resolve, reject) => {
    let output = "";
    const look = (/** @type {Buffer} */ data) => {
      output += data;
      if (output.includes(text)) resolve(undefined);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.on("close", () => reject(new Failure(`wasm-bindgen-test-runner has ended: ${output}`)));
  });
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} address
 */
async function outputOf(browser, address) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error.message));
  let turn = Promise.resolve();
  await page.route(`${address}/**`, (route) => {
    turn = turn.then(async () => route.fulfill({ response: await route.fetch() }));
    return turn;
  });
  await page.goto(`${address}/`);
  const output = page.locator("#output");
  await output
    .filter({ hasText: "test result:" })
    .waitFor({ state: "attached", timeout: patience })
    .catch(() => console.error("afterhit: the tests in the browser do not come to an end"));
  return (await output.textContent()) ?? "";
}
