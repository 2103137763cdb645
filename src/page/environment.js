// Facts about the page, the browser and the moment of a hit.

import { readCookies } from "./cookies.js";
import { objectEntries } from "./properties.js";

export const pageUrl = () => location.href;

export const hostName = () => location.hostname;

/** The referrer of the outermost page, which is out of reach if it has another origin. */
export const topReferrer = () => {
  try {
    return /** @type {Window} */ (top).document.referrer;
  } catch {
    return document.referrer;
  }
};

/** Milliseconds since the page began. */
export const now = () => performance.now();

/** 32 random bits. */
export const random = () => Math.random() * 2 ** 32;

/** The parts of the time stay the same for a second. */
let time = "";
let second = 0;

/**
 * Seconds since 1970, the parts of the local time, its offset, random digits, cookies and the entries of an object: the
 * order is that of src/hit/hit_facts.rs.
 * @param {string} cookies @param {string} entries
 */
const facts = (cookies, entries) => {
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
  return `${time}\0${random() >>> 0}${random() >>> 0}\0${cookies}\0${entries}`;
};

/** @param {number} id @param {string} name of the property with the object */
export const hitFacts = (id, name) => facts("", objectEntries(id, name));

/** @param {number} id @param {string} name */
export const hitFactsAndCookies = (id, name) => facts(readCookies(), objectEntries(id, name));

export const browserFacts = () =>
  [
    `${screen.width}x${screen.height}`,
    screen.colorDepth,
    innerWidth,
    innerHeight,
    navigator.javaEnabled() ? "Y" : "N",
  ].join("\0");
