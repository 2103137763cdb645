// Everything that a fresh machine with Rust and Node lacks. Runs before `npm ci`: only what Node itself has is imported.
import { Failure } from "../lib/run.mjs";
import { installBrowser } from "./browser.mjs";
import { installPackages } from "./packages.mjs";
import { installTarget, installWasmBindgen } from "./rust.mjs";

const oldestNode = 20;

/** @param {{ browser?: boolean }} [wanted] */
export async function setup({ browser = false } = {}) {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    throw new Failure(`Node ${process.versions.node} is too old: install Node ${oldestNode} or later.`);
  }
  await installPackages();
  await installTarget();
  await installWasmBindgen();
  if (browser) await installBrowser();
}
