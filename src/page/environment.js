// What the page and its browser are at this moment.

import { cookies } from "./cookies.js";
import { inner } from "./object.js";

export const address = () => location.href;

export const host = () => location.hostname;

export const topReferrer = () => {
  try {
    return /** @type {Window} */ (top).document.referrer;
  } catch {
    // The outermost page is of another origin.
    return document.referrer;
  }
};

/** Milliseconds since the page began. */
export const now = () => performance.now();

/** 32 random bits. */
export const random = () => Math.random() * 2 ** 32;

/** Seconds since 1970, the parts of the local time and its offset, as they were last asked for: they stand for a second. */
let time = "";
let second = 0;

/** These, digits that nobody else has, and other texts. @param {string} jar @param {string} pairs */
const facts = (jar, pairs) => {
  const now = Math.floor(Date.now() / 1e3);
  if (now != second) {
    second = now;
    const date = new Date(now * 1e3);
    time = [
      now,
      date.getDate(),
      date.getMonth(),
      date.getFullYear(),
      date.getHours(),
      date.getMinutes(),
      date.getSeconds(),
      date.getDay(),
      date.getTimezoneOffset(),
    ].join("\0");
  }
  return `${time}\0${random() >>> 0}${random() >>> 0}\0${jar}\0${pairs}`;
};

/** @param {number} n @param {string} name of an object that belongs to the hit */
export const moment = (n, name) => facts("", inner(n, name));

/** @param {number} n @param {string} name */
export const momentAndCookies = (n, name) => facts(cookies(), inner(n, name));

/** Screen, colours, window and Java. */
export const browser = () =>
  [
    `${screen.width}x${screen.height}`,
    screen.colorDepth,
    innerWidth,
    innerHeight,
    navigator.javaEnabled() ? "Y" : "N",
  ].join("\0");
