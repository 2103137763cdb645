/**
 * Announces changes of hits to screen readers: one sentence after a pause, never every step.
 */
import { byId } from "../dom.js";

const QUIET_MS = 1200;

/** @returns {(key: string, sentence: () => string) => void} changes of the same hit (key) are announced once */
export function startAnnouncer() {
  const region = byId("announcer");
  /** @type {Map<string, () => string>} */
  const sentences = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (key, sentence) => {
    sentences.delete(key);
    sentences.set(key, sentence);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const latest = [...sentences.values()].at(-1)?.() ?? "";
      region.textContent = sentences.size > 1 ? `${sentences.size} hits changed. Latest: ${latest}` : latest;
      sentences.clear();
    }, QUIET_MS);
  };
}
