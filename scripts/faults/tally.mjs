// What became of the hits of one script under one fault. Hits are told apart by their page names.

/**
 * @typedef {object} Result
 * @property {number} called
 * @property {number} collected distinct hits that the collector has
 * @property {number} lost
 * @property {number} duplicates hits too many that the collector has
 * @property {number} callbacks post-track callbacks that ran
 * @property {number} repeated callbacks too many: a second one for a hit, or one for a hit that never arrived
 * @property {number} missing callbacks too few, where every page lived until its hits were answered
 * @property {number} refused hits that the browser did not take from a tab that was closed
 * @property {string[]} names the first hits with which something is wrong
 */

/** A hit that is sent twice has its second request at most so many ms after the last one of all. */
const CALM = 750;
/** Longer than the longest pause before another try, in ms. */
const PATIENCE = 25_000;
/** Longest time to wait for a moment of a fault, in ms. */
const DEADLINE = 60_000;
const SHOWN = 5;

/** @param {string} query */
const pageName = (query) => new URLSearchParams(query).get("pageName") ?? "";

/**
 * @param {import("../../www/collector.mjs").Collector} collector
 * @param {boolean} lives whether every page lives until its hits are answered
 */
export function createTally(collector, lives) {
  /** @type {Map<string, number>} */
  const collected = new Map();
  /** @type {Map<string, number>} */
  const ran = new Map();
  /** @type {Set<() => void>} */
  const watchers = new Set();
  let called = 0;
  let refused = 0;

  const changed = () => [...watchers].forEach((watcher) => void watcher());
  const names = () => Array.from({ length: called }, (_, n) => `hit-${n + 1}`);
  const stop = collector.onHit((hit) => {
    if (hit.collected) add(collected, pageName(hit.url.split("?")[1] || hit.body));
    changed();
  });

  /** @param {string} name */
  const isDone = (name) => collected.has(name) && (!lives || ran.has(name));

  return {
    /**
     * Makes room for so many calls.
     * @param {number} count
     * @returns {number} the number of the first
     */
    call(count) {
      called += count;
      return called - count + 1;
    },
    /** @param {string} name */
    ran(name) {
      add(ran, name);
      changed();
    },
    /** @param {number} count */
    refused(count) {
      refused += count;
      changed();
    },
    /**
     * When this is so; looked at whenever a hit arrives and a callback runs.
     * @param {(state: { collected: number, ran: number, called: number }) => boolean} test
     * @returns {Promise<void>}
     */
    until(test) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (!test({ collected: collected.size, ran: ran.size, called })) return;
          done();
          resolve();
        };
        const timer = setTimeout(() => {
          done();
          reject(new Error(`${collected.size} of ${called} collected, and it never came to: ${test}`));
        }, DEADLINE);
        const done = () => {
          clearTimeout(timer);
          watchers.delete(look);
        };
        watchers.add(look);
        look();
      });
    },
    /**
     * When nothing more comes. That nothing comes can be seen by waiting only: a moment when all is there, and as
     * long as the longest pause when something is missing.
     * @returns {Promise<void>}
     */
    settled() {
      return new Promise((resolve) => {
        /** @type {NodeJS.Timeout | undefined} */
        let timer;
        const look = () => {
          clearTimeout(timer);
          timer = setTimeout(done, names().every(isDone) ? CALM : PATIENCE);
        };
        const done = () => {
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      });
    },
    /** @returns {Result} */
    result() {
      const all = names();
      const lost = all.filter((name) => !collected.has(name));
      const twice = [...collected].filter(([, count]) => count > 1);
      const repeated = [...ran].filter(([name, count]) => count > 1 || !collected.has(name));
      const missing = lives ? all.filter((name) => collected.has(name) && !ran.has(name)) : [];
      return {
        called,
        collected: all.length - lost.length,
        lost: lost.length,
        duplicates: sum(twice) - twice.length,
        callbacks: sum([...ran]),
        repeated: sum(repeated) - repeated.filter(([name]) => collected.has(name)).length,
        missing: missing.length,
        refused,
        names: [...lost, ...twice.map(first), ...repeated.map(first), ...missing].slice(0, SHOWN),
      };
    },
    close: stop,
  };
}

/** @typedef {ReturnType<typeof createTally>} Tally */

/**
 * @param {Map<string, number>} counts
 * @param {string} name
 */
function add(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** @param {[string, number]} pair */
const first = ([name]) => name;

/** @param {[string, number][]} pairs */
const sum = (pairs) => pairs.reduce((total, [, count]) => total + count, 0);
