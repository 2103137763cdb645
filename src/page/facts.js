// What the page and its browser are at this moment.

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

/** Seconds since 1970, and the parts of the local time. */
export const moment = () => {
  const date = new Date();
  return [
    Math.floor(+date / 1e3),
    date.getDate(),
    date.getMonth(),
    date.getFullYear(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
    date.getDay(),
    date.getTimezoneOffset(),
  ].join("\0");
};

/** Screen, colours, window and Java. */
export const browser = () =>
  [
    `${screen.width}x${screen.height}`,
    screen.colorDepth,
    innerWidth,
    innerHeight,
    navigator.javaEnabled() ? "Y" : "N",
  ].join("\0");
