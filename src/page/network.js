// What leaves the page besides images, and the timer of the queue.

import { core } from "./core.js";

/** Images on their way, to be taken back when the page is left. @type {Map<number, any>} */
const open = new Map();

/**
 * What an image calls when it has loaded or failed.
 * @param {number} call @param {any} image @param {boolean} ok
 */
export const answer = (call, image, ok) => {
  open.set(call, image);
  return () => {
    open.delete(call);
    core.answered(call, ok);
  };
};

/** @param {number} call */
export const cancel = (call) => {
  const image = open.get(call);
  if (image) image.onload = image.onerror = image.src = "";
  open.delete(call);
};

/**
 * A request whose answer counts; one that outlives the page does not say what it was answered.
 * @param {number} call @param {string} url @param {string} body @param {boolean} outlives
 */
export const request = (call, url, body, outlives) => {
  fetch(url, {
    method: body ? "POST" : "GET",
    body: body || undefined,
    headers: body ? { "content-type": "application/x-www-form-urlencoded" } : undefined,
    mode: outlives ? "no-cors" : "cors",
    credentials: "include",
    keepalive: outlives,
  }).then(
    (response) => core.answered(call, outlives || response.ok),
    () => core.answered(call, false),
  );
};

export const hasKeepalive = () => "keepalive" in Request.prototype;

export const isOffline = () => !navigator.onLine;

/**
 * Whether the page's policy lets requests reach a URL is learnt from one that is taken back before it leaves.
 * @param {string} url
 */
export const probe = (url) => {
  const controller = new AbortController();
  fetch(url, { mode: "no-cors", signal: controller.signal }).catch(() => {});
  controller.abort();
};

/** @param {string} url */
export const beacon = (url) => {
  try {
    return navigator.sendBeacon(url);
  } catch {
    return false;
  }
};

/** A request whose answer is a script. @param {number} call @param {string} url */
export const script = (call, url) => {
  const element = document.createElement("script");
  element.async = true;
  const arrived = answer(call, element, true);
  element.onload = arrived;
  // A script that is none arrived all the same, and the browser does not tell what went wrong.
  element.onerror = arrived;
  element.src = url;
  document.head.append(element);
};

/** @type {any[]} */
const timers = [];

/** @param {number} n @param {number} milliseconds */
export const wake = (n, milliseconds) => {
  clearTimeout(timers[n]);
  timers[n] = setTimeout(() => core.woken(n), milliseconds);
};

/** Tells the core of the page's events, by their place in the list. @param {string} names */
export const listen = (names) => {
  names.split(",").forEach((name, i) => {
    addEventListener(name, () => core.happened(i, document.hidden), true);
  });
  addEventListener("securitypolicyviolation", (event) =>
    core.refused(event.effectiveDirective, event.blockedURI),
  );
};
