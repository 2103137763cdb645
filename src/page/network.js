// What leaves the page besides images, and the timer of the queue.

import { about, answered, url } from "./calls.js";
import { core } from "./core.js";
import { give } from "./texts.js";

/** Images on their way, to be taken back when the page is left. @type {Map<number, any>} */
const open = new Map();

/** What an image is to call with the event that it has loaded or failed. @param {number} call @param {any} image */
export const answer = (call, image) => {
  open.set(call, image);
  return (/** @type {Event} */ { type }) => {
    open.delete(call);
    answered(call, type == "load");
  };
};

/** @param {number} call */
export const cancel = (call) => {
  const image = open.get(call);
  if (image) image.onload = image.onerror = image.src = "";
  open.delete(call);
};

/**
 * A request whose answer counts; one that outlives the page does not say what it was answered. The body of a POST is what
 * stands behind the question mark.
 * @param {number} call @param {string} _ @param {number} outlives
 */
export const request = (call, _, outlives) => {
  const { url, query } = about(call);
  const body = query ? url.slice(query) : undefined;
  fetch(query ? url.slice(0, query - 1) : url, {
    method: body ? "POST" : "GET",
    body,
    headers: body ? { "content-type": "application/x-www-form-urlencoded" } : undefined,
    mode: outlives ? "no-cors" : "cors",
    credentials: "include",
    keepalive: !!outlives,
  }).then(
    (response) => answered(call, !!outlives || response.ok),
    // A page that goes has its requests refused before it is told that it goes.
    () => setTimeout(answered, 0, call, false),
  );
};

export const hasKeepalive = () => "keepalive" in Request.prototype;

export const isOffline = () => !navigator.onLine;

export const isClosed = () => window.closed;

/** More than the 64 KB that the Fetch standard lets a request with `keepalive` have. */
const TOO_LARGE = 65_537;

/**
 * Whether the page's policy lets requests reach a host is learnt from one that the browser refuses once it has asked the
 * policy: it never leaves.
 * @param {number} call @param {string} path
 */
export const probe = (call, path) => {
  fetch(new URL(path, url(call)), {
    mode: "no-cors",
    method: "POST",
    keepalive: true,
    body: new ArrayBuffer(TOO_LARGE),
  }).catch(() => {});
};

/** @param {number} call */
export const beacon = (call) => navigator.sendBeacon(url(call));

/** A request whose answer is a script. @param {number} call */
export const script = (call) => {
  const element = document.createElement("script");
  element.async = true;
  const arrived = answer(call, element);
  // A script that is none arrived all the same, and the browser does not tell what went wrong.
  element.onload = element.onerror = () => arrived(new Event("load"));
  element.src = url(call);
  document.head.append(element);
};

/** @type {any[]} */
const timers = [];

/** @param {number} n @param {string} _ @param {number} milliseconds */
export const wake = (n, _, milliseconds) => {
  clearTimeout(timers[n]);
  timers[n] = setTimeout(() => core.woken(n), milliseconds);
};

const refused = (/** @type {SecurityPolicyViolationEvent} */ event) => {
  give(event.effectiveDirective, event.blockedURI);
  core.refused();
};

/**
 * Tells the core of the window's events by their place in the list, or of its navigation's by those behind. A page may have
 * put something else in the place of `navigation`.
 * @param {number} first @param {string} names
 */
export const listen = (first, names) => {
  const target = first ? window.navigation : window;
  names.split(",").forEach((name, i) => {
    const happened = (/** @type {any} */ { destination }) =>
      core.happened(first + i, first ? destination?.sameDocument === false : document.hidden);
    target?.addEventListener?.(name, happened, true);
  });
  addEventListener("securitypolicyviolation", refused);
};
