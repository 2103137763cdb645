// What elements of the page say of themselves. One is at hand at a time; the core asks about that one.

import { setLink, trackers } from "./object.js";

/** The element at hand. @type {any} */
let current;

/** Does something with an element at hand, and puts it back. @template T @param {any} element @param {() => T} act @returns {T} */
export const withElement = (element, act) => {
  const before = current;
  current = element;
  try {
    return act();
  } finally {
    current = before;
  }
};

/** The element that the latest click was on, in open shadow trees too. @type {any} */
let clicked;

/** Notes what a click is on, before any handler of the page. */
export const watch = () => addEventListener("click", (event) => (clicked = event.composedPath()[0]), true);

/** Takes another element to hand; whether there is one. @param {any} element */
const take = (element) => Object(element) === (current = element);

/** White space of any kind becomes one blank. */
const clean = (/** @type {any} */ text) => `${text ?? ""}`.replace(/\s+/g, " ").trim();

const text = (/** @type {any} */ value) => (value ? `${value}`.replace(/\0/g, "") : "");

/** @param {string} href */
const absolute = (href) => {
  try {
    return new URL(href, document.baseURI).href;
  } catch {
    return href;
  }
};

export const isInPage = () => !!current.isConnected;

/** The latest click's element. */
export const target = () => take(clicked);

/** @type {any} */
let previous;

/** Whether the element at hand is the one that was asked about before. */
export const again = () => {
  const isSame = !!current && current == previous;
  previous = current;
  return isSame;
};

/** What a tracker has as the link of its hit. @param {number} n */
export const element = (n) => take(trackers[n].linkObject);

/** Gives the element at hand to a tracker as the link of its hit. @param {number} n */
export const giveLink = (n) => setLink(n, current);

export const parent = () => take(current?.parentNode ?? current?.host);

/** The next element outwards as the page shows it: through the slot that it stands in. */
export const outer = () => (current?.assignedSlot ? take(current.assignedSlot) : parent());

/** Name, type, address, handler, value, source and target. */
export const describe = () => {
  const { tagName, type, href, onclick, value, src, target } = current ?? {};
  return [tagName, type, typeof href == "string" && href && absolute(href), onclick, value, src, target]
    .map(text)
    .join("\0");
};

/** What can be read in the element. */
export const words = () => clean(current.innerText || current.textContent);

/** @param {any} element @param {string} name */
const attributeOf = (element, name) => clean(element?.getAttribute?.(name));

/** @param {number} _ @param {string} name */
export const attribute = (_, name) => attributeOf(current, name);

/** What pictures and titles in the element say, one after the other. */
export const pictures = () => {
  for (const inner of [current, ...current.querySelectorAll("*")]) {
    const said =
      attributeOf(inner, "alt") ||
      attributeOf(inner, "title") ||
      (inner.tagName == "IMG" && attributeOf(inner, "src"));
    if (said) return said;
  }
  return "";
};

/**
 * What the page's own functions of Activity Map say of the element; ours unless the page has set others.
 * @param {number} n @param {string} call name of the function and of the link
 */
export const map = (n, call) => {
  const [name, linkName] = /** @type {[string, string]} */ (call.split("\0"));
  const element = current;
  try {
    return clean(trackers[n].ActivityMap[name](element, linkName));
  } catch {
    return "";
  } finally {
    current = element;
  }
};

let reach = 0;
const scrolled = () => {
  reach = Math.max(reach, scrollY + innerHeight);
};

/** How far down the page has been seen, in pixels, from the first question on. */
export const seen = () => {
  if (!reach) addEventListener("scroll", scrolled);
  scrolled();
  return reach;
};
