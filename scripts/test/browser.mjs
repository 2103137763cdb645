// The Rust tests of tests/*.rs in a browser. wasm-bindgen's runner serves them; its own way to drive the browser is not
// taken here, because its server at times leaves one of many requests at once unanswered: here they come one at a time.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { launchBrowser } from "../../tests/support/browser.mjs";
import { Failure, root, run } from "../lib/run.mjs";
import { needWasmBindgen } from "../lib/tools.mjs";

/** In ms; they take less than one second. */
const patience = 120_000;

/** @param {string[]} names of tests */
export async function runInBrowser(names) {
  const tests = names.flatMap((name) => ["--test", name]);
  const target = ["--target", "wasm32-unknown-unknown"];
  await run("cargo", ["test", ...target, ...tests, "--no-run"]);
  const messages = await run("cargo", ["test", ...target, ...tests, "--no-run", "--message-format=json"], {
    quiet: true,
  });
  const total = { passed: 0, failed: 0, ok: true };
  for (const file of executables(messages)) {
    const { passed, failed } = await runOne(file);
    total.passed += passed;
    total.failed += failed;
  }
  return { ...total, ok: total.failed === 0 && total.passed > 0 };
}

/** @param {string} messages of cargo, one JSON object a line */
function executables(messages) {
  const lines = messages.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line).executable).filter((file) => typeof file === "string");
}

/** @param {string} file */
async function runOne(file) {
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(needWasmBindgen("wasm-bindgen-test-runner"), [file], {
    cwd: root,
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
    const [, passed = 0, failed = 0] = output.match(/test result: .*?(\d+) passed; (\d+) failed/) ?? [];
    return { passed: Number(passed), failed: Number(failed) };
  } finally {
    server.kill();
    await browser.close();
  }
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
