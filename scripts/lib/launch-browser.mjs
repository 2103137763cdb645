// Launches the browser that tests, benchmarks and the screenshot run in.
import { chromium } from "playwright-core";
import { requireBrowser } from "./find-browser.mjs";

/** Containers have no sandbox, no GPU and little shared memory; background requests would disturb what is measured. */
const defaultArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * @param {{ hosts?: string, args?: string[] }} [options] `hosts` maps host names to addresses, as in
 *   "MAP *.example 127.0.0.1:8080"
 */
export async function launchBrowser({ hosts, args = [] } = {}) {
  const hostArgs = hosts ? [`--host-resolver-rules=${hosts}`] : [];
  return chromium.launch({ executablePath: requireBrowser(), args: [...defaultArgs, ...hostArgs, ...args] });
}
