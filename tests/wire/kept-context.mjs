// A browser context that is emptied after each scenario instead of closed. In Firefox and WebKit, opening a context and its
// page takes ten times as long as playing a scenario.
import { EMPTY_PATH } from "./site.mjs";

/**
 * @typedef {import("playwright-core").BrowserContext} Context
 * @typedef {Pick<Context, "newPage" | "addCookies" | "cookies" | "close">} ScenarioContext
 */

/** All pages of a Firefox share one process for what a driver asks, so on a busy machine a page takes long to load. */
const PATIENCE_MS = 120_000;

/**
 * @param {() => Promise<Context>} open
 * @param {import("./site.mjs").Site} site
 */
export function keepContext(open, site) {
  /** @type {Promise<{ context: Context, page: import("playwright-core").Page }> | undefined} */
  let kept;

  async function openWithPage() {
    const context = await open();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return { context, page };
  }

  return {
    /** @returns {Promise<ScenarioContext>} */
    async newContext() {
      kept ??= openWithPage();
      const { context, page } = await kept.catch((error) => {
        kept = undefined;
        throw error;
      });
      return {
        newPage: async () => page,
        addCookies: (cookies) => context.addCookies(cookies),
        cookies: () => context.cookies(),
        async close() {
          page.removeAllListeners();
          try {
            for (const host of site.pageHosts()) {
              await page.goto(`https://${host}${EMPTY_PATH}`);
              await context.clearCookies();
              await page.evaluate("localStorage.clear(), sessionStorage.clear(), (window.name = '')");
            }
          } catch {
            // A scenario can leave a page that does not let itself be left.
            kept = undefined;
            await context.close();
          }
        },
      };
    },
    async close() {
      await (await kept)?.context.close();
    },
  };
}
