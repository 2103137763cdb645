/**
 * The hits that have arrived: in memory, where the oldest are dropped first, and optionally in a file as JSON lines.
 */
import { closeSync, openSync, writeSync } from "node:fs";

/**
 * One request that reached the collector.
 *
 * @typedef {object} Hit
 * @property {string} id unique across restarts of the collector
 * @property {number} number 1, 2, 3 … in order of arrival
 * @property {string} time when it had arrived completely, ISO 8601
 * @property {string} method
 * @property {string} host the Host header
 * @property {string} url path and query, exactly as on the request line
 * @property {string} body
 * @property {Record<string, string>} headers those of HEADERS that the request had
 * @property {string} answered in the words of the plan: "ok", "500", "drop", "delay:200" …
 * @property {boolean} collected whether the response has an image, which counts as delivered for the tracker
 */

/** Request headers that are kept with a hit. */
export const HEADERS = ["cookie", "referer", "user-agent", "content-type", "origin", "sec-fetch-dest"];

/** Estimated memory of a hit beside its URL and body. */
const OVERHEAD_BYTES = 500;

/**
 * @param {{ file?: string | undefined, keep: number, keepBytes: number }} options `keep`: number of hits in memory
 */
export function createHits({ file, keep, keepBytes }) {
  const runId = Date.now().toString(36);
  /** @type {Hit[]} */
  const kept = [];
  /** @type {Set<(hit: Hit) => void>} */
  const listeners = new Set();
  let bytes = 0;
  let count = 0;
  let output = file === undefined ? undefined : openSync(file, "a");

  /** @param {Hit} hit */
  function append(hit) {
    if (output === undefined) return;
    try {
      writeSync(output, `${JSON.stringify(hit)}\n`);
    } catch (error) {
      console.error(
        `afterhit collector: cannot write to ${file}, later hits are kept in memory only: ${error}`,
      );
      close();
    }
  }

  /**
   * @param {(hit: Hit) => void} listener
   * @returns {() => void} removes the listener
   */
  function onHit(listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  function close() {
    if (output !== undefined) closeSync(output);
    output = undefined;
  }

  return {
    /**
     * @param {Omit<Hit, "id" | "number" | "time">} request
     * @returns {Hit}
     */
    add(request) {
      count += 1;
      const hit = { id: `${runId}-${count}`, number: count, time: new Date().toISOString(), ...request };
      kept.push(hit);
      bytes += size(hit);
      while (kept.length > keep || (bytes > keepBytes && kept.length > 1)) bytes -= size(kept.shift());
      append(hit);
      for (const listener of [...listeners]) listener(hit);
      return hit;
    },
    /** @returns {Hit[]} */
    all: () => [...kept],
    /**
     * The hits after the one with this id; all if the id is unknown (from an earlier run, or dropped).
     *
     * @param {string | undefined} id
     */
    after: (id) => kept.slice(kept.findIndex((hit) => hit.id === id) + 1),
    clear() {
      kept.length = 0;
      bytes = 0;
    },
    onHit,
    /**
     * The first hit, past or future, that passes the test.
     *
     * @param {(hit: Hit) => boolean} test
     * @param {number} [timeoutMs]
     * @returns {Promise<Hit>}
     */
    waitFor(test, timeoutMs = 15_000) {
      const earlier = kept.find(test);
      if (earlier) return Promise.resolve(earlier);
      return new Promise((resolve, reject) => {
        const stop = onHit((hit) => {
          try {
            if (!test(hit)) return;
            resolve(hit);
          } catch (error) {
            reject(error);
          }
          done();
        });
        const timer = setTimeout(() => {
          done();
          reject(new Error(`No hit passed the test within ${timeoutMs} ms (of ${kept.length}): ${test}`));
        }, timeoutMs);
        const done = () => {
          clearTimeout(timer);
          stop();
        };
      });
    },
    close,
  };
}

/** @param {Hit | undefined} hit */
function size(hit) {
  return hit ? hit.url.length + hit.body.length + OVERHEAD_BYTES : 0;
}
