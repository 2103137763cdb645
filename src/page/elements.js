// Elements of the page, for links and Activity Map. There is one current element at a time: the core moves it and reads it.

import { setLink, trackers } from "./properties.js";

/** @type {any} */
let current;

/** Runs something with a current element and restores the one before. @template T @param {any} element @param {() => T} act @returns {T} */
export const withElement = (element, act) => {
  const before = current;
  current = element;
  try {
    return act();
  } finally {
    current = before;
  }
};

/** The element that was clicked last, in open shadow trees too. @type {any} */
let clicked;

/** Notes the element of a click before any handler of the page runs. */
export const watchClicks = () =>
  addEventListener("click", (event) => (clicked = event.composedPath()[0]), true);

/** @param {any} element */
const select = (element) => Object(element) === (current = element);

export const selectClicked = () => select(clicked);

/** @param {number} id */
export const selectLinkObject = (id) => select(trackers[id].linkObject);

/** @param {number} id */
export const setLinkObject = (id) => setLink(id, current);

export const selectParent = () => select(current?.parentNode ?? current?.host);

/** As the page is rendered: a slotted element is inside its slot. */
export const selectOuter = () => (current?.assignedSlot ? select(current.assignedSlot) : selectParent());

export const isInDocument = () => !!current.isConnected;

/** @type {any} */
let remembered;

export const rememberElement = () => {
  const isSame = !!current && current == remembered;
  remembered = current;
  return isSame;
};

/** Collapses white space. */
const clean = (/** @type {any} */ text) => `${text ?? ""}`.replace(/\s+/g, " ").trim();

/** @param {any} href SVG links have an object here, which does not count */
const absolute = (href) => {
  if (typeof href != "string" || !href) return "";
  try {
    return new URL(href, document.baseURI).href;
  } catch {
    return href;
  }
};

/** @param {number} _ @param {string} names */
export const properties = (_, names) =>
  names
    .split(",")
    .map((name) => {
      const value = current?.[name];
      return `${(name == "href" ? absolute(value) : value) || ""}`.replace(/\0/g, "");
    })
    .join("\0");

/** `innerText` leaves out what is hidden. */
export const visibleText = () => clean(current.innerText || current.textContent);

/** @param {any} element @param {string} name */
const attributeOf = (element, name) => clean(element?.getAttribute?.(name));

/** @param {number} _ @param {string} name */
export const attribute = (_, name) => attributeOf(current, name);

/** Looks at each element in document order. @param {number} _ @param {string} list attributes, some for one tag only: `alt,IMG src` */
export const firstAttribute = (_, list) => {
  for (const element of [current, ...current.querySelectorAll("*")]) {
    for (const part of list.split(",")) {
      const [name = "", tag] = part.split(" ").reverse();
      const value = (!tag || tag == element.tagName) && attributeOf(element, name);
      if (value) return value;
    }
  }
};

/** Calls a function of `s.ActivityMap`, which the page may have replaced. @param {number} id @param {string} call function NUL link name */
export const activityMapName = (id, call) => {
  const [name, linkName] = /** @type {[string, string]} */ (call.split("\0"));
  const element = current;
  try {
    return clean(trackers[id].ActivityMap[name](element, linkName));
  } catch {
    return "";
  } finally {
    current = element;
  }
};

let reach = 0;
const onScroll = () => {
  reach = Math.max(reach, scrollY + innerHeight);
};

/** The lower edge of the window at its furthest, from the first call on. */
export const scrollReach = () => {
  if (!reach) addEventListener("scroll", onScroll);
  onScroll();
  return reach;
};
