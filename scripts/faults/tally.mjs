// Counts what became of the hits of one script under one fault. A hit is identified by its page name.
import { createStories } from "./story.mjs";

/**
 * @typedef {object} Result
 * @property {number} called tracking calls
 * @property {number} collected distinct hits that the collector has
 * @property {number} lost
 * @property {number} duplicates hits that the collector has beyond the first of each
 * @property {number} callbacks post-track callbacks that ran
 * @property {number} repeated callbacks too many: a second one for a hit, or one for a hit that never arrived
 * @property {number} missing callbacks too few, if every page survives until its hits are answered
 * @property {number} seconds from the first call until the last hit was collected
 * @property {number} notTaken hits that the browser did not accept from a tab being closed
 * @property {string[]} names of the first hits with a problem
 * @property {Record<string, string[]>} stories of the first hits that were lost or arrived twice
 */

/** A duplicate arrives at most this long after the last hit. */
const QUIET_MS = 750;
/** Longer than the longest backoff between two attempts. */
const PATIENCE_MS = 25_000;
/** How long to wait for a condition in the course of a fault. */
const CONDITION_TIMEOUT_MS = 60_000;
const MAX_NAMES = 5;
const MAX_STORIES = 3;

/** Whether a call of the fault has made the hit. @param {string} name */
const isOwn = (name) => name.startsWith("hit-");

/** @param {string} query */
const pageName = (query) => new URLSearchParams(query).get("pageName") ?? "";

/**
 * @param {import("../../www/collector.mjs").Collector} collector
 * @param {import("./list.mjs").Fault} fault
 */
export function createTally(collector, { pageSurvives, patienceMs = PATIENCE_MS }) {
  /** @type {Map<string, number>} */
  const collected = new Map();
  /** @type {Map<string, number>} */
  const ran = new Map();
  /** @type {Set<() => void>} */
  const watchers = new Set();
  const stories = createStories();
  let called = 0;
  let notTaken = 0;
  let calledAt = 0;
  let collectedAt = 0;

  const notify = () => [...watchers].forEach((watcher) => void watcher());
  const names = () => Array.from({ length: called }, (_, n) => `hit-${n + 1}`);
  const stop = collector.onHit((hit) => {
    const name = pageName(hit.url.split("?")[1] || hit.body);
    if (isOwn(name)) stories.seen(name, `${hit.method}, answered ${hit.answered}`);
    if (hit.collected && isOwn(name)) collect(name);
    notify();
  });

  /** @param {string} name */
  function collect(name) {
    if (!collected.has(name)) collectedAt = performance.now();
    increment(collected, name);
  }

  /** @param {string} name */
  const isDone = (name) => collected.has(name) && (!pageSurvives || ran.has(name));

  return {
    /**
     * Reserves numbers for tracking calls.
     * @param {number} count
     * @returns {number} the first one
     */
    reserve(count) {
      calledAt ||= performance.now();
      called += count;
      const first = called - count + 1;
      stories.called(first, count);
      return first;
    },
    /** @param {string} name of the hit whose post-track callback ran */
    ran(name) {
      if (isOwn(name)) increment(ran, name);
      notify();
    },
    tellStory: stories.add,
    /** @param {number} count */
    notTaken(count) {
      notTaken += count;
      notify();
    },
    /**
     * Resolves when a condition holds; it is checked whenever a hit arrives or a callback runs.
     * @param {(state: { collected: number, ran: number, called: number }) => boolean} condition
     * @returns {Promise<void>}
     */
    until(condition) {
      return new Promise((resolve, reject) => {
        const check = () => {
          if (!condition({ collected: collected.size, ran: ran.size, called })) return;
          stopWaiting();
          resolve();
        };
        const timer = setTimeout(() => {
          stopWaiting();
          reject(new Error(`timed out with ${collected.size} of ${called} hits collected: ${condition}`));
        }, CONDITION_TIMEOUT_MS);
        const stopWaiting = () => {
          clearTimeout(timer);
          watchers.delete(check);
        };
        watchers.add(check);
        check();
      });
    },
    /**
     * Resolves when nothing more arrives. Only waiting shows that: briefly once every hit is done, for longer than the
     * longest backoff while one is missing.
     * @returns {Promise<void>}
     */
    settled() {
      return new Promise((resolve) => {
        /** @type {NodeJS.Timeout | undefined} */
        let timer;
        const restart = () => {
          clearTimeout(timer);
          timer = setTimeout(finish, names().every(isDone) ? QUIET_MS : patienceMs);
        };
        const finish = () => {
          watchers.delete(restart);
          resolve();
        };
        watchers.add(restart);
        restart();
      });
    },
    /** @returns {Result} */
    result() {
      const all = names();
      const lost = all.filter((name) => !collected.has(name));
      const twice = [...collected].filter(([, count]) => count > 1);
      const repeated = [...ran].filter(([name, count]) => count > 1 || !collected.has(name));
      const missing = pageSurvives ? all.filter((name) => collected.has(name) && !ran.has(name)) : [];
      return {
        called,
        collected: all.length - lost.length,
        lost: lost.length,
        duplicates: sum(twice) - twice.length,
        callbacks: sum([...ran]),
        repeated: sum(repeated) - repeated.filter(([name]) => collected.has(name)).length,
        missing: missing.length,
        seconds: Math.round((collectedAt - calledAt) / 10) / 100,
        notTaken,
        names: [...lost, ...twice.map(first), ...repeated.map(first), ...missing].slice(0, MAX_NAMES),
        stories: Object.fromEntries(
          [...lost, ...twice.map(first)].slice(0, MAX_STORIES).map((name) => [name, stories.tell(name)]),
        ),
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
function increment(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** @param {[string, number]} pair */
const first = ([name]) => name;

/** @param {[string, number][]} pairs */
const sum = (pairs) => pairs.reduce((total, [, count]) => total + count, 0);
