// HTML for tests that need a page other than the fixture's.

/** Loads dist/afterhit.js. */
export const scriptTag = '<script src="/afterhit.js"></script>';

/** Loads dist/afterhit.js and makes a tracker `s` that sends to the collector. */
export const trackingScripts = `${scriptTag}<script>
  var s = s_gi("suite"), globals = { s };
  s.trackingServer = "127.0.0.1:PORT";
</script>`;

/**
 * The option `html` of `openPage`: a document with this content. `PORT` in it becomes the collector's port.
 * @param {string} content
 */
export function htmlPage(content) {
  return (/** @type {number} */ port) =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title>${content}`.replaceAll(
      "PORT",
      `${port}`,
    );
}

/** The option `before` of `openPage`: adds to `calls` when an image's request starts and when its load event comes. */
export const recordImages = `{
  const { set, get } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
  Object.defineProperty(HTMLImageElement.prototype, "src", {
    get,
    set(url) {
      calls.push(["request"]);
      this.addEventListener("load", () => calls.push(["load"]));
      set.call(this, url);
    },
  });
}`;

/** The option `before` of `openPage`: the page believes that it is prerendered, until `showPage()` runs in it. */
export const simulatePrerendering = `
  Object.defineProperty(document, "prerendering", { value: true, configurable: true });
  window.showPage = () => {
    Object.defineProperty(document, "prerendering", { value: false });
    document.dispatchEvent(new Event("prerenderingchange"));
  };`;
