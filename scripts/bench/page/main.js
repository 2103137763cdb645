// The script of the bench's pages. The page's address names the tracker and the collector; `bench` runs the measurements.
import { watch } from "./watch.js";

/**
 * An adapter to a tracker's API. `prepare…` does the part that is not measured, and returns the call that is.
 *
 * @typedef {object} Tracker
 * @property {() => void} start does everything between loading the script and the first hit
 * @property {(variables: number, hit: number) => () => unknown} preparePage
 * @property {(hit: number) => () => unknown} prepareLink
 * @property {() => string | undefined} [version]
 */

const query = new URLSearchParams(location.search);
const [name, adapter] = [query.get("name"), query.get("tracker")];
const host = query.get("collector") ?? "";
const library = `/library/${name}.js`;
const WARM_UP_CALLS = 10;
let hit = 0;

/** @type {{ tracker: Tracker }} */
const { tracker } = await import(`./trackers/${adapter}.js`);

/** @param {number} variables 0: a link */
const prepare = (variables) =>
  variables > 0 ? tracker.preparePage(variables, ++hit) : tracker.prepareLink(++hit);

/** @param {HTMLScriptElement} script */
const append = (script) =>
  new Promise((resolve) => {
    script.onload = resolve;
    document.head.append(script);
  });

/** The tracker's script, if it was fetched beforehand. */
let text = "";

/** Runs it, and makes the first call behind it. */
const run = () => {
  const script = document.createElement("script");
  script.text = `${text}\n;bench.first();`;
  document.head.append(script);
};

const bench = {
  version: () => tracker.version?.(),

  /** Loads the tracker as pages do. */
  async load() {
    const script = document.createElement("script");
    script.src = library;
    await append(script);
    tracker.start();
  },

  /** Fetches the script beforehand, so that the network is not measured. */
  async fetch() {
    text = await (await fetch(library)).text();
  },
  /** @returns {Promise<number>} ms from the script to its first request */
  async startUp() {
    const requests = watch(host);
    const startedAt = performance.now();
    run();
    return (await requests.first()) - startedAt;
  },
  /**
   * A page view, until a while after its answer.
   * @param {number} afterMs
   */
  async view(afterMs) {
    const answered = watch(host).next();
    run();
    await answered;
    await new Promise((resolve) => setTimeout(resolve, afterMs));
  },
  first() {
    tracker.start();
    prepare(5)();
  },

  /**
   * Times calls, one hit at a time.
   * @param {number} variables
   * @param {number} count
   * @returns {Promise<number[]>} ms of each call
   */
  async calls(variables, count) {
    /** @type {number[]} */
    const times = [];
    for (let n = 0; n < count; n++) {
      const call = prepare(variables);
      const next = requests?.next();
      const startedAt = performance.now();
      const done = call();
      times.push(performance.now() - startedAt);
      await next;
      await done;
    }
    return times;
  },
  /** @param {number} variables */
  warm: (variables) => bench.calls(variables, WARM_UP_CALLS),
  /** The URL of the latest hit. */
  url: () => requests?.url(),

  /**
   * Makes calls at once.
   * @param {number} count
   * @returns {number} the time of the first, in ms since 1970
   */
  burst(count) {
    const startedAt = performance.timeOrigin + performance.now();
    for (let n = 0; n < count; n++) prepare(5)();
    return startedAt;
  },

  /** The bytes that this page holds, without those of WebAssembly memories, which browsers leave out. */
  async memory() {
    const measured = await /** @type {any} */ (performance).measureUserAgentSpecificMemory();
    return measured.bytes;
  },
};

const requests = query.has("watched") ? watch(host) : undefined;
Object.assign(globalThis, { bench });
dispatchEvent(new Event("bench"));
