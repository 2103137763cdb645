/**
 * Tells screen readers what has become of hits: one sentence once things are quiet, never each step.
 */
import { byId } from "../dom.js";

const QUIET = 1200;

/** @returns {(key: string, sentence: () => string) => void} a hit that changes again meanwhile is one sentence */
export function startAnnouncer() {
  const place = byId("announcer");
  /** @type {Map<string, () => string>} */
  const sentences = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (key, sentence) => {
    sentences.delete(key);
    sentences.set(key, sentence);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const last = [...sentences.values()].at(-1)?.() ?? "";
      place.textContent = sentences.size > 1 ? `${sentences.size} hits changed. Latest: ${last}` : last;
      sentences.clear();
    }, QUIET);
  };
}
