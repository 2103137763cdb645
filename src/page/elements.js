// What elements of the page say of themselves.

import { trackers } from "./object.js";

/** The element that the latest click was on, in open shadow trees too. @type {any} */
let clicked;

/** Notes what a click is on, before any handler of the page. */
export const watch = () => addEventListener("click", (event) => (clicked = event.composedPath()[0]), true);

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

/** @param {any} element */
export const isInPage = (element) => !!element.isConnected;

/** The latest click's element. */
export const target = () => clicked;

/** @type {any} */
let previous;

/** Whether an element is the one that was asked about before. @param {any} element */
export const again = (element) => {
  const isSame = !!element && element == previous;
  previous = element;
  return isSame;
};

/** What a tracker has as the link of its hit. @param {number} n */
export const given = (n) => trackers[n].linkObject;

/** @param {any} element */
export const parent = (element) => element?.parentNode ?? element?.host;

/** The next element outwards as the page shows it: through the slot that it stands in. @param {any} element */
export const outer = (element) => element?.assignedSlot ?? parent(element);

/** Name, type, address, handler, value, source and target. @param {any} element */
export const describe = (element) => {
  const { tagName, type, href, onclick, value, src, target } = element ?? {};
  return [tagName, type, typeof href == "string" && href && absolute(href), onclick, value, src, target]
    .map(text)
    .join("\0");
};

/** What can be read in an element. @param {any} element */
export const words = (element) => clean(element.innerText || element.textContent);

/** An attribute. @param {any} element @param {string} name */
export const attribute = (element, name) => clean(element?.getAttribute?.(name));

/** What pictures and titles in an element say, one after the other. @param {any} element */
export const pictures = (element) => {
  for (const inner of [element, ...element.querySelectorAll("*")]) {
    const said =
      attribute(inner, "alt") ||
      attribute(inner, "title") ||
      (inner.tagName == "IMG" && attribute(inner, "src"));
    if (said) return said;
  }
  return "";
};

/**
 * What the page's own functions of Activity Map say; ours unless the page has set others.
 * @param {number} n @param {string} name @param {any} element @param {any} linkName
 */
export const map = (n, name, element, linkName) => {
  try {
    return clean(trackers[n].ActivityMap[name](element, linkName));
  } catch {
    return "";
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
