/**
 * What has arrived: hits in memory, the oldest dropped first, and as JSON lines in a file when one is named.
 */
import { closeSync, openSync, writeSync } from "node:fs";

/**
 * One request that reached the collector.
 *
 * @typedef {object} Hit
 * @property {string} id unique over restarts of the collector
 * @property {number} number 1, 2, 3 … in order of arrival
 * @property {string} time when it had arrived whole, ISO 8601
 * @property {string} method
 * @property {string} host the Host header
 * @property {string} url path and query, exactly as on the request line
 * @property {string} body
 * @property {Record<string, string>} headers the ones named in HEADERS, where the request had them
 * @property {string} answered the plan's word: "ok", "500", "drop", "delay:200" …
 * @property {boolean} collected whether the answer has an image, so that the tracker counts it as delivered
 */

/** The request headers that are kept with a hit. */
export const HEADERS = ["cookie", "referer", "user-agent", "content-type", "origin", "sec-fetch-dest"];

/**
 * @param {{ file?: string | undefined, keep: number, keepBytes: number }} options
 */
export function createHits({ file, keep, keepBytes }) {
  const run = Date.now().toString(36);
  /** @type {Hit[]} */
  const kept = [];
  /** @type {Set<(hit: Hit) => void>} */
  const listeners = new Set();
  let bytes = 0;
  let count = 0;
  let lines = file === undefined ? undefined : openSync(file, "a");

  /** @param {Hit} hit */
  function append(hit) {
    if (lines === undefined) return;
    try {
      writeSync(lines, `${JSON.stringify(hit)}\n`);
    } catch (error) {
      console.error(`afterhit collector: no more hits are written to ${file}: ${error}`);
      close();
    }
  }

  function close() {
    if (lines !== undefined) closeSync(lines);
    lines = undefined;
  }

  return {
    /**
     * @param {Omit<Hit, "id" | "number" | "time">} facts
     * @returns {Hit}
     */
    add(facts) {
      count += 1;
      const hit = { id: `${run}-${count}`, number: count, time: new Date().toISOString(), ...facts };
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
     * Those after the one with this id; all when it is unknown (an older run, or dropped meanwhile).
     *
     * @param {string | undefined} id
     */
    after: (id) => kept.slice(kept.findIndex((hit) => hit.id === id) + 1),
    clear() {
      kept.length = 0;
      bytes = 0;
    },
    /**
     * @param {(hit: Hit) => void} listener
     * @returns {() => void} stops it
     */
    onHit(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close,
  };
}

/** @param {Hit | undefined} hit */
function size(hit) {
  return hit ? hit.url.length + hit.body.length + 500 : 0;
}
