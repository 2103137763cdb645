// Hits in local and session storage: lists of URLs.

import { about } from "./calls.js";
import { core } from "./core.js";

/** @param {any} session */
const area = (session) => (session ? sessionStorage : localStorage);

/** @param {string} key @param {any} session @returns {string[]} */
const list = (key, session) => {
  const kept = area(session).getItem(key);
  try {
    const urls = JSON.parse(kept ?? "[]");
    if (urls.every((/** @type {any} */ url) => /^https?:/.test(url))) return urls;
  } catch {}
  console.warn(`afterhit: what is stored under ${key} is no list of hits and will be replaced`);
  return [];
};

/** @param {string} key @param {any} session @param {string[]} urls */
const save = (key, session, urls) =>
  urls.length ? area(session).setItem(key, JSON.stringify(urls)) : area(session).removeItem(key);

/** Why there is no session storage; empty where there is. */
export const storageError = () => {
  try {
    sessionStorage.getItem("");
    return "";
  } catch (error) {
    return `${/** @type {any} */ (error)?.message}`;
  }
};

/** The URLs under a key, joined by NUL. @param {number} session @param {string} key */
export const storedHits = (session, key) => {
  try {
    return list(key, session).join("\0");
  } catch {
    return "";
  }
};

/** Adds the URL of a hit; whether there was room. @param {number} call @param {string} key @param {number} session */
export const storeHit = (call, key, session) => {
  const one = about(call);
  const { url } = one;
  one.session = session;
  try {
    save(key, session, [...list(key, session), url]);
    return true;
  } catch {
    return false;
  }
};

/** Hits that a tab has taken out of its session storage, whose copy a duplicated tab has as well. */
const TAKEN = "afterhit.taken";
const REMEMBERED = 200;

/** @param {string} url */
const isTaken = (url) => {
  const id = url.split("?")[0];
  const taken = JSON.parse(localStorage.getItem(TAKEN) ?? "[]");
  localStorage.setItem(TAKEN, JSON.stringify([...taken, id].slice(-REMEMBERED)));
  return taken.includes(id);
};

/** How long a lease holds, and how long it takes for other tabs to see it, in milliseconds. */
const LEASE = 2e3;
const SEEN = 60;

/** One tab at a time, where there are no locks: the one whose name stands there a moment later. @param {() => void} work */
const lease = (work) => {
  const name = `${Math.random()}`;
  const [, until] = (localStorage.getItem("afterhit.lease") ?? " 0").split(" ");
  if (+(until ?? 0) > Date.now()) return void setTimeout(lease, SEEN, work);
  localStorage.setItem("afterhit.lease", `${name} ${Date.now() + LEASE}`);
  setTimeout(() => {
    if (!localStorage.getItem("afterhit.lease")?.startsWith(name)) return lease(work);
    work();
    localStorage.removeItem("afterhit.lease");
  }, SEEN);
};

/**
 * Takes the URL of a hit out and tells whether it was there. Other tabs do the same, so one at a time.
 * @param {number} call @param {string} key @param {number} forGood nobody waits for the answer
 */
export const claimHit = (call, key, forGood) => {
  const { trackerId, url, session } = about(call);
  const tell = (/** @type {boolean} */ found) => forGood || core.onClaim(trackerId, call, found);
  const take = () => {
    let found = true;
    try {
      const urls = list(key, session);
      const rest = urls.filter((other) => other != url);
      save(key, session, rest);
      found = rest.length < urls.length && !(session && isTaken(url));
    } catch {
      // Storage that was there a moment ago and now throws has nothing for other tabs either.
    }
    tell(found);
  };
  const pause = (/** @type {number} */ milliseconds) => new Promise((end) => setTimeout(end, milliseconds));
  // Another tab sees what was written here some time after it gets the lock: so the list stays locked a little longer,
  // and the hit until nobody has an old list.
  const takeSlowly = async () => {
    await navigator.locks.request(key, () => {
      take();
      return pause(SEEN);
    });
    await pause(LEASE);
  };
  try {
    if (!navigator.locks) return lease(take);
    const alone = (/** @type {Lock | null} */ lock) => (lock ? takeSlowly() : tell(false));
    navigator.locks.request(url, { ifAvailable: true }, alone).catch(take);
  } catch {
    take();
  }
};

/** @param {number} _ @param {string} key */
export const sessionText = (_, key) => {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
};

/** @param {number} _ @param {string} pair key NUL text */
export const setSessionText = (_, pair) => {
  const [key, value] = /** @type {[string, string]} */ (pair.split("\0"));
  try {
    sessionStorage.setItem(key, value);
  } catch {}
};
