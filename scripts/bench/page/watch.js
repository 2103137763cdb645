// Sees the requests that a page makes for its hits, whichever way they go. Only measures that need it install it, and
// before the tracker is loaded: some keep the browser's functions for later.

/**
 * @typedef {object} Watch
 * @property {() => Promise<number>} first when the first request was made, by the page's clock
 * @property {() => Promise<void>} next when the next request has been answered and what its answer sets off is over
 * @property {() => string} url of the latest request
 */

/**
 * @param {string} host the collector's
 * @returns {Watch}
 */
export function watch(host) {
  let url = "";
  /** @type {(time: number) => void} */
  let begin;
  /** @type {Promise<number>} */
  const begun = new Promise((resolve) => {
    begin = resolve;
  });
  /** @type {(() => void) | undefined} */
  let answered;

  /** @param {string} address */
  const sees = (address) => {
    const time = performance.now();
    // Ours makes a request once that the browser refuses, to learn whether the page's policy lets requests reach its host.
    if (!address.includes(host) || address.endsWith("/b/ss/?afterhit")) return false;
    begin(time);
    url = address;
    return true;
  };
  // A task of its own: whatever else listens to the answer comes first.
  const over = () => setTimeout(() => answered?.());

  watchImages(sees, over);
  watchRequests(sees, over);
  return {
    first: () => begun,
    next: () =>
      new Promise((resolve) => {
        answered = resolve;
      }),
    url: () => url,
  };
}

/**
 * @param {(url: string) => boolean} sees
 * @param {() => void} over
 */
function watchImages(sees, over) {
  const images = HTMLImageElement.prototype;
  const src = /** @type {Required<PropertyDescriptor>} */ (Object.getOwnPropertyDescriptor(images, "src"));
  const known = new WeakSet();
  Object.defineProperty(images, "src", {
    ...src,
    set(url) {
      if (sees(url) && !known.has(this)) {
        known.add(this);
        this.addEventListener("load", over);
        this.addEventListener("error", over);
      }
      src.set.call(this, url);
    },
  });
}

/**
 * @param {(url: string) => boolean} sees
 * @param {() => void} over
 */
function watchRequests(sees, over) {
  const { fetch } = globalThis;
  const { sendBeacon } = Navigator.prototype;
  globalThis.fetch = (input, init) => {
    const seen = sees(input instanceof Request ? input.url : String(input));
    const answer = fetch(input, init);
    if (seen) void answer.then(over, over);
    return answer;
  };
  Navigator.prototype.sendBeacon = function (url, data) {
    if (sees(String(url))) over();
    return sendBeacon.call(this, url, data);
  };
}
