// What a page of the bench does when it is asked; its address names the tracker and the collector.
import { watch } from "./watch.js";

/**
 * What the bench needs of a tracker. `prepare…` does what is not measured, and returns the call that is.
 *
 * @typedef {object} Tracker
 * @property {() => void} start everything a page does between loading the script and its first hit
 * @property {(variables: number, hit: number) => () => unknown} preparePage
 * @property {(hit: number) => () => unknown} prepareLink
 * @property {() => string | undefined} [version]
 */

const query = new URLSearchParams(location.search);
const [name, adapter] = [query.get("name"), query.get("tracker")];
const host = query.get("collector") ?? "";
const library = `/library/${name}.js`;
const warming = 10;
let hit = 0;

/** @type {{ tracker: Tracker }} */
const { tracker } = await import(`./trackers/${adapter}.js`);

/** @param {number} variables 0: a link */
const prepare = (variables) =>
  variables > 0 ? tracker.preparePage(variables, ++hit) : tracker.prepareLink(++hit);

/** @param {HTMLScriptElement} script */
const added = (script) =>
  new Promise((resolve) => {
    script.onload = resolve;
    document.head.append(script);
  });

const bench = {
  version: () => tracker.version?.(),

  /** Loads the tracker as pages do. */
  async load() {
    const script = document.createElement("script");
    script.src = library;
    await added(script);
    tracker.start();
  },

  /** The text is here already, so that it is the script that is measured and not the network. */
  async startUp() {
    const text = await (await fetch(library)).text();
    const requests = watch(host);
    const script = document.createElement("script");
    script.text = `${text}\n;bench.first();`;
    const begun = performance.now();
    document.head.append(script);
    return (await requests.first()) - begun;
  },
  first() {
    tracker.start();
    prepare(5)();
  },

  /**
   * Milliseconds that each call takes, one hit at a time.
   * @param {number} variables
   * @param {number} count
   */
  async calls(variables, count) {
    /** @type {number[]} */
    const times = [];
    for (let n = 0; n < count; n++) {
      const call = prepare(variables);
      const next = requests?.next();
      const begun = performance.now();
      const done = call();
      times.push(performance.now() - begun);
      await next;
      await done;
    }
    return times;
  },
  /** @param {number} variables */
  warm: (variables) => bench.calls(variables, warming),
  /** The URL of the latest hit. */
  url: () => requests?.url(),

  /**
   * Calls so often at once.
   * @param {number} count
   * @returns {number} when it began, in ms since 1970
   */
  burst(count) {
    const begun = performance.timeOrigin + performance.now();
    for (let n = 0; n < count; n++) prepare(5)();
    return begun;
  },

  /** Bytes of what this page holds; without the memory of WebAssembly, which browsers leave out. */
  async memory() {
    const measured = await /** @type {any} */ (performance).measureUserAgentSpecificMemory();
    return measured.bytes;
  },
};

const requests = query.has("watched") ? watch(host) : undefined;
Object.assign(globalThis, { bench });
dispatchEvent(new Event("bench"));
