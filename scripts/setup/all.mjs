// Installs what a fresh machine with Rust and Node lacks. Imports only what comes with Node, because npm packages may be
// missing.
import { Failure } from "../lib/run.mjs";
import { installBrowsers } from "./browser.mjs";
import { installPackages } from "./packages.mjs";
import { installTarget, installWasmBindgen } from "./rust.mjs";

const MIN_NODE_VERSION = 20;

/** @param {{ browsers?: readonly import("../lib/find-browser.mjs").BrowserName[] }} [options] `browsers`: for the tests */
export async function setup({ browsers = [] } = {}) {
  if (Number.parseInt(process.versions.node, 10) < MIN_NODE_VERSION) {
    throw new Failure(`Node.js ${process.versions.node} is too old: install ${MIN_NODE_VERSION} or later.`);
  }
  await installPackages();
  await installTarget();
  await installWasmBindgen();
  await installBrowsers(browsers);
}
