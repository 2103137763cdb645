// The story of a hit: what its page did with it, when the page went, and what the collector saw. A loss that cannot be repeated can
// then still be read.

/**
 * What a page has noted: when (in milliseconds since 1970), what, and about which hit.
 * @typedef {[number, string, string]} Note
 */

/** A part of the page's script in front of the tracker's: notes requests and writes to storage. */
export const recorder = `
  const notes = [];
  const note = (what, text) => {
    const names = text.match(/hit-\\d+/g) ?? [];
    const others = names.length > 1 ? "the last of " + names.length : "";
    notes.push([performance.timeOrigin + performance.now(), (what + " " + others).trim(), names.at(-1) ?? ""]);
  };
  const around = (object, method, act) => {
    const original = object[method];
    object[method] = function (...list) { return act(original.bind(this), ...list); };
  };
  const { set } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
  Object.defineProperty(HTMLImageElement.prototype, "src", {
    set(url) {
      note(url ? "image" : "image cancelled", String(url));
      for (const type of ["load", "error"]) this.addEventListener(type, () => note("image: " + type, url));
      set.call(this, url);
    },
  });
  around(window, "fetch", (send, url, options) => {
    note(options?.keepalive ? "keepalive" : "fetch", String(url));
    const response = send(url, options);
    response.then(() => note("fetch answered", String(url)), () => note("fetch rejected", String(url)));
    return response;
  });
  around(navigator, "sendBeacon", (send, url, body) => {
    const isAccepted = send(url, body);
    note(isAccepted ? "beacon" : "beacon not accepted", String(url));
    return isAccepted;
  });
  around(Storage.prototype, "setItem", (store, key, value) => {
    store(key, value);
    note("stored", String(value));
  });
  for (const type of ["visibilitychange", "pagehide"]) addEventListener(type, () => note(type, ""), true);
`;

/** The end of the page's script: when the page goes, behind the tracker's listener, the site is told. */
export const teller = `
  addEventListener("pagehide", () => navigator.sendBeacon("/story?" + location.search.slice(1), JSON.stringify(notes)));
`;

/** How many hits before and behind one are in its story. */
const NEIGHBOURS = 2;

/** @param {string} name */
const numberOf = (name) => Number(name.slice(name.lastIndexOf("-") + 1));

export function createStories() {
  /** One list for each page. @type {Note[][]} */
  const pages = [];
  /** @type {Note[]} */
  const calls = [];
  /** @type {Note[]} */
  const requests = [];

  return {
    /** @param {Note[]} notes of a page that goes */
    add: (notes) => void pages.push(notes),
    /** @param {number} first number of the calls that are about to be made @param {number} count */
    called: (first, count) => void calls.push([Date.now(), `the test makes ${count} calls`, `hit-${first}`]),
    /** @param {string} name @param {string} what of a request that has reached the collector */
    seen: (name, what) => void requests.push([Date.now(), `collector: ${what}`, name]),
    /**
     * Lines with times in milliseconds since the first one.
     * @param {string} name of the hit
     */
    tell(name) {
      /** @param {Note} note */
      const isNear = ([, , about]) => Math.abs(numberOf(about) - numberOf(name)) <= NEIGHBOURS;
      const own = pages.find((notes) => notes.some(([, , about]) => about === name)) ?? [];
      const call = calls.findLast(([, , about]) => numberOf(about) <= numberOf(name));
      const notes = [...(call ? [call] : []), ...own.filter((note) => !note[2] || isNear(note))];
      const all = [...notes, ...requests.filter(isNear)].sort(([a], [b]) => a - b);
      const start = all[0]?.[0] ?? 0;
      const lines = all.map(([time, what, about]) =>
        `${(time - start).toFixed(1)} ${what} ${about}`.trimEnd(),
      );
      return own.length > 0
        ? lines
        : [...lines, "its page has told nothing: no pagehide, or its beacon was lost too"];
    },
  };
}
