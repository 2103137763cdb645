// Facts about the page, the browser and the moment of a hit.

import { readCookies } from "./cookies.js";
import { objectEntries } from "./properties.js";

export const pageUrl = () => location.href;

export const hostName = () => location.hostname;

/** The referrer of the outermost page that is on this host, and so are those between it and this one. */
export const topReferrer = () => {
  /** @type {Window} */
  let page = window;
  try {
    while (
      page.parent.location.host == location.host &&
      page.parent.location.href != page.location.href &&
      page.parent.location.href != location.href
    ) {
      page = page.parent;
    }
    return page.document.referrer;
  } catch {
    return page.document.referrer;
  }
};

/** The local time without its offset to UTC, and that, in minutes. */
export const localTime = () => {
  const offset = new Date().getTimezoneOffset();
  return `${new Date(Date.now() - offset * 6e4).toISOString().slice(0, 19)}\0${offset}`;
};

/** Milliseconds since the page began. */
export const now = () => performance.now();

/** 32 random bits. */
export const random = () => Math.random() * 2 ** 32;

/** Replaces each `{path}`. @param {string} template @param {(path: string) => any} lookUp */
const fill = (template, lookUp) => template.replace(/{(.+?)}/g, (_, path) => lookUp(path));

/** The time stays the same for a second. */
let time = "";
let lastSecond = 0;

/**
 * Seconds since 1970, the local time, random digits, cookies and the entries of two objects, with the number of fields of the
 * first.
 * @param {string} cookies @param {number} id @param {string} text the properties with the objects, the template of the time
 */
const facts = (cookies, id, text) => {
  const now = Math.floor(Date.now() / 1e3);
  const [first = "", second = "", template = ""] = text.split("\0");
  const entries = objectEntries(id, first, 1);
  if (now != lastSecond) {
    lastSecond = now;
    const date = /** @type {any} */ (new Date(now * 1e3));
    time = `${now}\0${fill(template, (method) => date[method]())}`;
  }
  // As many digits as AppMeasurement's: the length of a URL decides whether it is sent as a POST.
  const digits = Math.floor(Math.random() * 1e14);
  return `${time}\0${digits}\0${cookies}\0${entries.split("\0").length - 1}\0${entries}${objectEntries(id, second, 1)}`;
};

/** @param {number} id @param {string} text */
export const hitFacts = (id, text) => facts("", id, text);

/** @param {number} id @param {string} text */
export const hitFactsAndCookies = (id, text) => facts(readCookies(), id, text);

/** @param {number} _ @param {string} template */
export const windowTemplate = (_, template) =>
  fill(template, (paths) => {
    /** @type {any} */
    let value;
    for (const path of paths.split("|")) {
      if (value) break;
      value = window;
      if (path) for (const name of path.split(".")) value = value[name]?.call ? value[name]() : value[name];
      else value = "";
    }
    return value;
  });
