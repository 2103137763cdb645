// A real Chromium for tests, the one that scripts/setup.mjs finds.
import { chromium } from "playwright-core";
import { findBrowser } from "../../scripts/lib/browser.mjs";

// What would send requests of its own, or fails where there is no screen or no sandbox.
const quiet = [
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
 * @param {{ hosts?: string, args?: string[] }} [options] hosts: rules that map names to addresses, as in
 *   "MAP *.example 127.0.0.1:8080"
 */
export async function launchBrowser({ hosts, args = [] } = {}) {
  const browser = findBrowser();
  if (!browser) throw new Error("There is no Chromium here: run `node scripts/setup.mjs --browser`.");
  const mapped = hosts ? [`--host-resolver-rules=${hosts}`] : [];
  return chromium.launch({ executablePath: browser.chromium, args: [...quiet, ...mapped, ...args] });
}
