// Installs what a fresh machine with Rust and Node lacks. Imports only what comes with Node, because npm packages may be
// missing.
import { Failure } from "../lib/run.mjs";
import { installBrowser } from "./browser.mjs";
import { installPackages } from "./packages.mjs";
import { installTarget, installWasmBindgen } from "./rust.mjs";

const MIN_NODE_VERSION = 20;

/** @param {{ browser?: boolean }} [options] `browser`: also what the tests need */
export async function setup({ browser = false } = {}) {
  if (Number.parseInt(process.versions.node, 10) < MIN_NODE_VERSION) {
    throw new Failure(`Node.js ${process.versions.node} is too old: install ${MIN_NODE_VERSION} or later.`);
  }
  await installPackages();
  await installTarget();
  await installWasmBindgen();
  if (browser) await installBrowser();
}
