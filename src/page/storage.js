// Hits in local and session storage: lists of URLs.

import { core } from "./core.js";

/** @param {boolean} session */
const area = (session) => (session ? sessionStorage : localStorage);

/** @param {string} key @param {boolean} session @returns {string[]} */
const list = (key, session) => {
  const kept = area(session).getItem(key);
  try {
    const urls = JSON.parse(kept ?? "[]");
    if (urls.every((/** @type {any} */ url) => /^https?:/.test(url))) return urls;
  } catch {}
  console.warn(`afterhit: what is stored under ${key} is no list of hits and will be replaced`);
  return [];
};

/** @param {string} key @param {boolean} session @param {string[]} urls */
const save = (key, session, urls) =>
  urls.length ? area(session).setItem(key, JSON.stringify(urls)) : area(session).removeItem(key);

/** Why there is no session storage; empty where there is. */
export const storageTrouble = () => {
  try {
    sessionStorage.getItem("");
    return "";
  } catch (error) {
    return `${/** @type {any} */ (error)?.message}`;
  }
};

/** The URLs under a key, joined by NUL. @param {string} key @param {boolean} session */
export const stored = (key, session) => {
  try {
    return list(key, session).join("\0");
  } catch {
    return "";
  }
};

/** Adds a URL; whether there was room. @param {string} key @param {boolean} session @param {string} url */
export const store = (key, session, url) => {
  try {
    save(key, session, [...list(key, session), url]);
    return true;
  } catch {
    return false;
  }
};

/**
 * Takes a URL out and tells whether it was there. Other pages do the same, so one at a time.
 * @param {number} call @param {string} key @param {boolean} session @param {string} url
 */
export const claim = (call, key, session, url) => {
  const take = () => {
    let found = false;
    try {
      const urls = list(key, session);
      const rest = urls.filter((other) => other != url);
      found = rest.length < urls.length;
      save(key, session, rest);
    } catch {
      // Storage that was there a moment ago and now throws has nothing for other pages either.
      found = true;
    }
    core.claimed(call, found);
  };
  if (navigator.locks) navigator.locks.request(key, take);
  else take();
};
