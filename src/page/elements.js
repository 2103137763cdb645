// Elements of the page, for links and Activity Map. There is one current element at a time: the core moves it and reads it.

import { core } from "./core.js";
import { escapeNul, trackers, write } from "./properties.js";

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

/** The element in the body that was clicked last, in open shadow trees too. @type {any} */
let clicked;

/** Notes the element of a click before any handler of the page runs. */
export const watchClicks = () => {
  const note = (/** @type {Event} */ event) => {
    const path = event.composedPath();
    clicked = path.includes(document.body) && path[0];
  };
  addEventListener("click", note, true);
};

let bodyEvent = 0;
const onBodyEvent = () => core.onPageEvent(bodyEvent, false);

/** The body may be another one by the next click. @param {number} event */
export const watchBody = (event) => {
  bodyEvent = event;
  document.body.addEventListener("click", onBodyEvent, { once: true });
};

/** @param {any} element */
const select = (element) => Object(element) === (current = element);

/** @param {number} _ @param {string} id of an element that must not be there */
export const selectClicked = (_, id) => !document.getElementById(id) && select(clicked);

/** @param {number} id @param {string} name of a property */
export const selectProperty = (id, name) => select(trackers[id][name]);

/** @param {number} id @param {string} _ @param {number} found whether the current element is it; else there is none: 0, for plug-ins */
export const setLinkObject = (id, _, found) => {
  if (!found) current = undefined;
  write(trackers[id], "linkObject", current || 0);
};

/** @param {number} id */
export const setClickObject = (id) => write(trackers[id], "clickObject", current);

/** A property as the browser has it: the fields of a form hide those that have their names. @param {any} object @param {string} name */
const property = (object, name) => {
  const prototype = Object(object && Object.getPrototypeOf(object));
  return name in prototype ? Reflect.get(prototype, name, object) : object?.[name];
};

export const selectParent = () => select(property(current, "parentNode") ?? property(current, "host"));

/** As the page is rendered: a slotted element is inside its slot. */
export const selectOuter = () => {
  const slot = property(current, "assignedSlot");
  return slot ? select(slot) : selectParent();
};

/** @type {any} */
let remembered;

export const rememberElement = () => {
  const isSame = !!current && current == remembered;
  remembered = current;
  return isSame;
};

/** Collapses white space; what is no string has no text. */
export const clean = (/** @type {any} */ text) =>
  text
    ?.replace?.(/[\s\u180e]+/g, " ")
    .trim()
    .slice(0, 254) ?? "";

/** A longer address, as of a link with data, is neither sent nor received whole. */
const MAX_ADDRESS = 64e3;

/** @param {any} href SVG links have an object here, which does not count */
const absolute = (href) => {
  if (typeof href != "string" || !href) return "";
  if (href.length > MAX_ADDRESS)
    console.warn("afterhit: the address of a link is cut after 64,000 characters");
  const kept = href.slice(0, MAX_ADDRESS);
  try {
    return new URL(kept, document.baseURI).href;
  } catch {
    return kept;
  }
};

/** @param {number} _ @param {string} names */
export const properties = (_, names) =>
  names
    .split(",")
    .map((name) => {
      const value = property(current, name);
      return `${(name == "href" ? absolute(value) : value) || ""}`.replace(/\0/g, "");
    })
    .join("\0");

/** `innerText` leaves out what is hidden. */
export const visibleText = () => clean(property(current, "innerText") || property(current, "textContent"));

/** @param {string} name */
const attributeOf = (name) => property(current, "getAttribute")?.call(current, name);

/** An attribute of the current element, with or without `data-` in front. @param {number} _ @param {string} name */
export const attribute = (_, name) =>
  property(current, "dataset")?.[name] || attributeOf(`data-${name}`) || attributeOf(name);

/** Looks at each element in document order. @param {number} _ @param {string} list attributes, some for one tag only: `alt,IMG src` */
export const firstAttribute = (_, list) => {
  for (const element of [current, ...(current.querySelectorAll?.("*") ?? [])]) {
    for (const part of list.split(",")) {
      const [name = "", tag] = part.split(" ").reverse();
      const value = (!tag || tag == element.tagName?.toUpperCase()) && element.getAttribute?.(name);
      if (value) return clean(value);
    }
  }
};

/** The Activity Map of each tracker, which stays when the page takes it off the tracker. @type {any[]} */
const maps = [];

/** @param {any} map */
export const addMap = (map) => maps.push(map);

/** Calls a function that the page may have replaced. @param {number} id @param {string} name */
export const activityMapName = (id, name) => {
  const element = current;
  try {
    const { linkObject, linkName } = trackers[id];
    const text = clean(maps[id][name](element || linkObject, linkName));
    return text && escapeNul(text);
  } catch {
    return "";
  } finally {
    current = element;
  }
};

/** @param {number} id @param {string} name */
export const activityMapSetting = (id, name) => maps[id][name] || "";

let reach = 0;
let isWatching = false;

/**
 * Watches the window, or an element as soon as there is one, for a minute.
 * @param {number} _ @param {string} selector
 */
export const watchScrolling = (_, selector) => {
  if (isWatching) return;
  isWatching = true;
  let tries = 60;
  const watch = (/** @type {any} */ target, /** @type {() => number} */ edge) => {
    const note = () => {
      reach = Math.max(reach, edge());
    };
    target.addEventListener("scroll", note);
    return note;
  };
  const find = () => {
    const element = document.querySelector(selector);
    if (!element) return tries-- && setTimeout(find, 1e3);
    reach = element.scrollTop;
    watch(element, () => element.scrollTop + element.clientHeight);
  };
  if (selector) find();
  else watch(window, () => scrollY + innerHeight)();
};

export const scrollReach = () => reach;
