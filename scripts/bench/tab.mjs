// Opens pages in empty profiles without Playwright's request tracking, which costs more than some hits do.

/** @typedef {Awaited<ReturnType<typeof openTabs>>} Tabs */
/** @typedef {Awaited<ReturnType<Tabs["open"]>>} Tab */

/** @param {import("playwright-core").Browser} browser */
export async function openTabs(browser) {
  const session = await browser.newBrowserCDPSession();
  /** @type {Map<string, (answer: any) => void>} by session and number */
  const waiting = new Map();
  let calls = 0;
  session.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => {
    const answer = JSON.parse(message);
    waiting.get(`${sessionId} ${answer.id}`)?.(answer);
    waiting.delete(`${sessionId} ${answer.id}`);
  });

  /**
   * @param {string} sessionId
   * @param {string} method of the Chrome DevTools Protocol
   * @param {object} [params]
   * @returns {Promise<any>}
   */
  async function send(sessionId, method, params = {}) {
    const id = ++calls;
    const answered = new Promise((resolve) => waiting.set(`${sessionId} ${id}`, resolve));
    await session.send("Target.sendMessageToTarget", {
      sessionId,
      message: JSON.stringify({ id, method, params }),
    });
    const { result, error } = /** @type {any} */ (await answered);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  return {
    /** @param {string} url */
    async open(url) {
      const { browserContextId } = await session.send("Target.createBrowserContext");
      const { targetId } = await session.send("Target.createTarget", {
        url: "about:blank",
        browserContextId,
      });
      const { sessionId } = await session.send("Target.attachToTarget", { targetId, flatten: false });
      /**
       * @param {string} method
       * @param {object} [params]
       */
      const cdp = (method, params) => send(sessionId, method, params);
      /** @param {string} expression @returns {Promise<any>} what it comes to, as JSON has it */
      async function evaluate(expression) {
        const how = { expression, awaitPromise: true, returnByValue: true };
        const { result, exceptionDetails: thrown } = await cdp("Runtime.evaluate", how);
        if (thrown) throw new Error(`${expression}: ${thrown.exception?.description ?? thrown.text}`);
        return result.value;
      }

      await cdp("Page.navigate", { url });
      await evaluate(
        'globalThis.bench || new Promise((resolve) => addEventListener("bench", () => resolve()))',
      );
      return {
        cdp,
        evaluate,
        close: () => session.send("Target.disposeBrowserContext", { browserContextId }),
      };
    },
  };
}
