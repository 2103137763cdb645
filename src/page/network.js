// Requests other than images (which Rust makes itself) and what counts as their success, the listeners and the cancelling of
// images, the probe of the page's policy, events of the window, and the timer of the delivery queue.

import { about, endRequest, requestUrl } from "./calls.js";
import { core } from "./core.js";
import { exposeImage } from "./legacy.js";
import { setArguments } from "./mailbox.js";
import { trackers } from "./properties.js";

/** Images and scripts that are loading, by call. @type {Map<number, any>} */
const loading = new Map();

/** Images whose requests start as soon as the page's code has ended, by call. @type {Set<number>} */
const unstarted = new Set();

/** Waits for an image, or for a script, to load or to fail. @param {number} call @param {any} image */
export const watchImage = (call, image) => {
  loading.set(call, image);
  exposeImage(about(call).trackerId, image);
  unstarted.add(call);
  queueMicrotask(() => {
    // A window that a script has closed gets its event later.
    if (window.closed) core.onPageEvent(pagehide, false);
    unstarted.delete(call);
  });
  const end = (/** @type {boolean} */ ok) => {
    loading.delete(call);
    endRequest(call, ok);
  };
  // A stand-in for `Image` may call them without an event.
  image.onload = () => end(true);
  image.onerror = () => end(false);
};

/** @param {number} call */
export const cancelImage = (call) => {
  const image = loading.get(call);
  if (image) image.onload = image.onerror = image.src = "";
  loading.delete(call);
  unstarted.delete(call);
};

/** @param {number} id */
export const unstartedImage = (id) => [...unstarted].find((call) => about(call).trackerId == id);

/**
 * The response of a request that outlives the page is opaque, so any counts.
 * @param {number} call @param {string} _ @param {number} outlivesPage
 */
export const fetchHit = (call, _, outlivesPage) => {
  const { url, query, trackerId, body: dataRequest } = about(call);
  const body = dataRequest || (query ? url.slice(query) : undefined);
  /** @type {any} */
  const options = {
    __proto__: null,
    method: body ? "POST" : "GET",
    body,
    headers: body ? { "content-type": "application/x-www-form-urlencoded" } : undefined,
    mode: outlivesPage ? "no-cors" : "cors",
    credentials: "include",
    keepalive: !!outlivesPage,
  };
  fetch(query ? url.slice(0, query - 1) : url, options).then(
    (response) => {
      endRequest(call, !!outlivesPage || response.ok);
      // Another response than JSON still means that the hit arrived.
      if (dataRequest) response.json().then(trackers[trackerId].doPostbacks, () => {});
    },
    // When the page is left, its requests fail before `pagehide` fires: a failure waits one task for that.
    () => setTimeout(endRequest, 0, call, false),
  );
  return true;
};

export const hasKeepalive = () => typeof Request == "function" && "keepalive" in Request.prototype;

export const isOffline = () => !navigator.onLine;

export const isWindowClosed = () => window.closed;

/** The Fetch standard allows 64 KB for the body of a request with `keepalive`. */
const TOO_MANY_BYTES = 65_537;

/**
 * Detects `connect-src`: the policy is checked before the size limit of `keepalive`, so this oversized request never leaves
 * the browser but does report a violation. An image starts a microtask after it is made: the probe starts behind it.
 * @param {number} call @param {string} path
 */
export const probePolicy = async (call, path) => {
  try {
    const url = new URL(path, requestUrl(call));
    await 0;
    await fetch(url, {
      mode: "no-cors",
      method: "POST",
      keepalive: true,
      body: new ArrayBuffer(TOO_MANY_BYTES),
    });
  } catch {}
};

/** How many beacons are remembered: the browser asks the page's policy soon after it has accepted one. */
const MAX_BEACONS = 20;

/** URLs of beacons with the ids of their trackers, the latest last. @type {[string, number][]} */
const beacons = [];

/** @param {number} call */
export const sendBeacon = (call) => {
  const { url, trackerId } = about(call);
  if (beacons.push([url, trackerId]) > MAX_BEACONS) beacons.shift();
  return navigator.sendBeacon(url);
};

/** @param {number} _ @param {string} url */
export const trackerOfBeacon = (_, url) => (beacons.find(([sent]) => sent == url)?.[1] ?? -1) + 1;

/** A request whose response is a script. @param {number} call */
export const loadScript = (call) => {
  /** @type {any} */
  const element = document.createElement("script");
  watchImage(call, element);
  unstarted.delete(call);
  // A response that is no script still means that the hit arrived; this cannot tell that from a failed request.
  element.onerror = element.onload;
  element.src = requestUrl(call);
  document.head.append(element);
  return true;
};

/** @type {any[]} */
const timers = [];

/** @param {number} id @param {string} _ @param {number} milliseconds */
export const setQueueTimer = (id, _, milliseconds) => {
  clearTimeout(timers[id]);
  timers[id] = setTimeout(() => core.onTimer(id), milliseconds);
};

const onCspViolation = (/** @type {SecurityPolicyViolationEvent} */ event) => {
  setArguments(event.effectiveDirective, event.disposition, event.blockedURI);
  core.onCspViolation();
};

/** The number of this event. */
let pagehide = 0;

/**
 * Events of the window begin with number 0, those of its navigation continue the count. The page may have replaced
 * `navigation` with anything.
 * @param {number} first @param {string} names
 */
export const listen = (first, names) => {
  const target = first ? window.navigation : window;
  names.split(",").forEach((name, i) => {
    const listener = (/** @type {any} */ { destination }) =>
      core.onPageEvent(first + i, first ? destination?.sameDocument === false : document.hidden);
    if (name == "pagehide") pagehide = i;
    target?.addEventListener?.(name, listener, true);
  });
  if (!first) addEventListener("securitypolicyviolation", onCspViolation);
};
