// Observes a page's requests for hits, by any transport. Installed only for measurements that need it, and before the
// tracker is loaded: some trackers keep references to the browser's functions.

/**
 * @typedef {object} Watch
 * @property {() => Promise<number>} first the time of the first request, by the page's clock
 * @property {() => Promise<void>} next resolves when the next request has been answered and the tracker has handled the response
 * @property {() => string} url of the latest request
 */

/**
 * @param {string} host the collector's
 * @returns {Watch}
 */
export function watch(host) {
  let url = "";
  /** @type {(time: number) => void} */
  let resolveFirst;
  /** @type {Promise<number>} */
  const firstTime = new Promise((resolve) => {
    resolveFirst = resolve;
  });
  /** @type {(() => void) | undefined} */
  let answered;

  /** Records a request for a hit. @param {string} address */
  const record = (address) => {
    const time = performance.now();
    // afterhit makes one request that the browser rejects, to find out whether the page's policy allows its host.
    if (!address.includes(host) || address.endsWith("/b/ss/?afterhit")) return false;
    resolveFirst(time);
    url = address;
    return true;
  };
  // In a task of its own, so that all other listeners run first.
  const onDone = () => setTimeout(() => answered?.());

  watchImages(record, onDone);
  watchRequests(record, onDone);
  return {
    first: () => firstTime,
    next: () =>
      new Promise((resolve) => {
        answered = resolve;
      }),
    url: () => url,
  };
}

/**
 * @param {(url: string) => boolean} record
 * @param {() => void} onDone
 */
function watchImages(record, onDone) {
  const images = HTMLImageElement.prototype;
  const src = /** @type {Required<PropertyDescriptor>} */ (Object.getOwnPropertyDescriptor(images, "src"));
  const known = new WeakSet();
  Object.defineProperty(images, "src", {
    ...src,
    set(url) {
      if (record(url) && !known.has(this)) {
        known.add(this);
        this.addEventListener("load", onDone);
        this.addEventListener("error", onDone);
      }
      src.set.call(this, url);
    },
  });
}

/**
 * @param {(url: string) => boolean} record
 * @param {() => void} onDone
 */
function watchRequests(record, onDone) {
  const { fetch } = globalThis;
  const { sendBeacon } = Navigator.prototype;
  globalThis.fetch = (input, init) => {
    const seen = record(input instanceof Request ? input.url : String(input));
    const answer = fetch(input, init);
    if (seen) void answer.then(onDone, onDone);
    return answer;
  };
  Navigator.prototype.sendBeacon = function (url, data) {
    if (record(String(url))) onDone();
    return sendBeacon.call(this, url, data);
  };
}
