// Which tests a browser cannot run.
import { testBrowser } from "../../scripts/lib/find-browser.mjs";

/**
 * The option `skip` of a test.
 * @param {string} reason why the test does not run there
 * @param {("firefox" | "webkit")[]} browsers
 */
export function notIn(reason, ...browsers) {
  const browser = testBrowser();
  return browsers.some((one) => one === browser) && `not in ${browser}, ${reason}`;
}
