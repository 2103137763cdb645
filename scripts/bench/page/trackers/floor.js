// The least that a hit can cost: an image whose URL is ready. The URLs are afterhit's, with a number that changes.

/** @type {Record<string, string>} by number of variables; 0: a link */
const urls = await (await fetch("/urls")).json();

/**
 * @param {number} count
 * @param {number} hit
 */
const prepare = (count, hit) => {
  const url = `${urls[count]}&hit=${hit}`;
  return () => {
    new Image().src = url;
  };
};

/** @type {import("../main.js").Tracker} */
export const tracker = {
  start() {},
  preparePage: prepare,
  prepareLink: (hit) => prepare(0, hit),
};
