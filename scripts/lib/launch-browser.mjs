// Launches the browser that tests, faults, benchmarks and the screenshot run in.
import { chromium } from "playwright-core";
import { firefox } from "playwright-firefox-esr";
import { requireBrowser, testBrowser } from "./find-browser.mjs";
import { launchWebKit } from "./webkit.mjs";

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

/** As above; and scripts may take long on a busy machine. */
const firefoxUserPrefs = {
  "dom.max_script_run_time": 0,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.stricttransportsecurity.preloadlist": false,
  "security.cert_pinning.enforcement_level": 0,
};

/**
 * @param {{ hosts?: string, args?: string[] }} [options] `hosts` maps host names to addresses, as in
 *   "MAP *.example 127.0.0.1:8080"
 */
export async function launchBrowser({ hosts, args = [] } = {}) {
  const hostArgs = hosts ? [`--host-resolver-rules=${hosts}`] : [];
  return chromium.launch({ executablePath: requireBrowser(), args: [...defaultArgs, ...hostArgs, ...args] });
}

/**
 * Launches the browser that TEST_BROWSER names.
 * @returns {Promise<import("playwright-core").Browser>} of WebKit, the part of it that webkit.mjs has
 */
export async function launchTestBrowser() {
  const name = testBrowser();
  if (name === "webkit") return launchWebKit(requireBrowser(name));
  // A context's `ignoreHTTPSErrors` does not cover requests that outlive the page.
  if (name === "chromium") return launchBrowser({ args: ["--ignore-certificate-errors"] });
  // Playwright's own protocol needs a Firefox of its own; by WebDriver BiDi it drives the one that is installed.
  const options = { channel: "moz-firefox", executablePath: requireBrowser(name), firefoxUserPrefs };
  // The types of two versions of Playwright do not fit each other.
  return /** @type {any} */ (await firefox.launch(options));
}
