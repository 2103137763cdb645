// Local and session storage, which hold texts and lists of texts (as JSON), and the locks and timers with which tabs take turns.
// What is stored, and which tab may take a hit out of storage, is decided in src/hit/claim.
//
// What throws, because the browser refuses it, is answered with nothing (see host.js): an empty text, or that it was not stored.
// Some web views have `null` in place of a storage.

import { about } from "./calls.js";
import { core } from "./core.js";
import { setArguments } from "./mailbox.js";

/** @param {number} session @returns {Storage | null} */
const area = (session) => (session ? sessionStorage : localStorage);

/** Why there is no session storage; empty if there is one. */
export const storageError = () => {
  try {
    sessionStorage.getItem("");
    return "";
  } catch (error) {
    return `${/** @type {any} */ (error)?.message}`;
  }
};

/** @param {number} session @param {string} key */
export const storedText = (session, key) => /** @type {string} */ (area(session)?.getItem(key));

/**
 * The newest items of a list, joined by NUL; a single NUL marks something that is not a list.
 * @param {number} session @param {string} pair key, and how many items if not all
 */
export const storedList = (session, pair) => {
  const [key = "", count = 0] = pair.split("\0");
  const json = storedText(session, key) ?? "[]";
  try {
    return JSON.parse(json).slice(-count).join("\0");
  } catch {
    return "\0";
  }
};

/** @param {number} session @param {string} pair key NUL text */
export const setStoredText = (session, pair) => {
  const [key, value] = /** @type {[string, string]} */ (pair.split("\0"));
  /** @type {Storage} */ (area(session)).setItem(key, value);
  return true;
};

/** Without items the list is removed. Old frameworks give arrays a `toJSON` that makes a text of them. @param {number} session @param {string} list key NUL items, joined by NUL */
export const setStoredList = (session, list) => {
  const [key, ...items] = /** @type {[string, ...string[]]} */ (list.split("\0"));
  if (items[0]) return setStoredText(session, `${key}\0[${items.map((item) => JSON.stringify(item))}]`);
  /** @type {Storage} */ (area(session)).removeItem(key);
  return true;
};

/** @param {number} _ @param {string} key */
export const warnOfList = (_, key) =>
  console.warn(`afterhit: not all that is stored under ${key} is a hit of this tracker`);

/** @param {number} call @param {string} key @param {number} session */
export const markStored = (call, key, session) => {
  Object.assign(about(call), { key, session });
};

/** URLs of hits that are written with the next one. @type {string[]} */
const unwritten = [];

/** @param {number} call @param {string} pair key, and how many items are kept before @param {number} goesOn */
export const storeHit = (call, pair, goesOn) => {
  const { url, session } = about(call);
  unwritten.push(url);
  if (goesOn) return true;
  const urls = unwritten.splice(0);
  const list = storedList(session, pair);
  // What is stored may be no list.
  if (list > "\0") urls.unshift(list);
  return setStoredList(session, [pair.split("\0")[0], ...urls].join("\0"));
};

/** Milliseconds since 1970, after so many more. @param {number} milliseconds */
export const timeIn = (milliseconds) => `${Date.now() + milliseconds}`;

/** What happens to a claim, numbered as in src/hit/claim. */
const HIT_BUSY = 0;
const LOCKED = 1;
const TICK = 2;

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((end) => setTimeout(end, milliseconds));

/**
 * Claims the hit of a call under two locks: on the hit, only if it is free, and inside that on the lists. Without Web Locks, the
 * core is called until it has got a lease. What it returns is how long to hold the lists, or when to call again.
 * @param {number} call @param {string} lists name of the lock @param {number} holdHit milliseconds, after the lists are released
 */
export const claimHit = (call, lists, holdHit) => {
  // The call may be settled before its claim has ended.
  const hit = about(call);
  const { trackerId, url, key, session } = hit;
  const name = Math.random();
  const report = (/** @type {number} */ event) => {
    setArguments(session, name, key, url);
    return core.onClaim(trackerId, call, event);
  };
  const poll = () => {
    const milliseconds = report(TICK);
    if (milliseconds) setTimeout(poll, milliseconds);
  };
  const { locks } = navigator;
  if (!locks) return poll();
  const hold = async (/** @type {Lock | null} */ lock) => {
    if (!lock) return report(HIT_BUSY);
    hit.lock = lock;
    await locks.request(lists, () => pause(report(LOCKED)));
    await pause(holdHit);
    hit.lock = null;
  };
  // A hit that was sent in vain and stored again may still be locked by this page.
  (hit.lock ? hold(hit.lock) : locks.request(url, { ifAvailable: true }, hold)).catch(poll);
};
