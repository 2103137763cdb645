/**
 * The inspector: hears of every change of a hit's life and shows it, in the list, on the scope, in the counters.
 *
 * @typedef {import("./lives.js").Life} Life
 * @typedef {import("./decoder.js").Reading} Reading
 */
import { byId } from "../dom.js";
import { startAnnouncer } from "./announcer.js";
import { createCard, STATES, titleOf } from "./card.js";
import { loadDecoder } from "./decoder.js";
import { startFaults } from "./faults.js";
import { showFrame } from "./frame.js";
import { clearHits, followCollector } from "./live.js";
import { createLives, isPending, stateOf } from "./lives.js";
import { startScope } from "./scope.js";
import { startSheet } from "./sheet.js";

export function startPanel() {
  showFrame();
  const list = byId("hits");
  const scope = startScope();
  const announce = startAnnouncer();
  const latest = startSheet();
  /** @type {Map<string, { card: import("./card.js").Card, item: HTMLElement, state: string }>} */
  const shown = new Map();
  /** @type {(url: string, body: string) => Reading} */
  let decode = () => ({ problem: "The decoder is being loaded." });
  /** Old hits come in one go when the page begins: they are shown, not announced. */
  let caughtUp = false;

  const lives = createLives({
    changed(life) {
      show(life);
      count();
    },
    dropped(life) {
      shown.get(life.key)?.item.remove();
      shown.delete(life.key);
      scope(life.key, undefined);
      count();
    },
  });

  /** @param {Life} life */
  function show(life) {
    const entry = shown.get(life.key) ?? add(life);
    const reading = decode(life.sentUrl, life.body);
    const { label, title, purchase } = titleOf(reading, life);
    const state = stateOf(life);
    entry.card.show(life, reading);
    scope(life.key, { state, kind: label.toLowerCase(), purchase });
    latest(`${label}: ${title}`, STATES[state], state);
    if (state !== entry.state && worthSaying(life, state, caughtUp))
      announce(life.key, () => {
        const now = titleOf(decode(life.sentUrl, life.body), life);
        return `${now.label} ${now.title}: ${STATES[stateOf(life)]}`;
      });
    entry.state = state;
  }

  /** @param {Life} life */
  function add(life) {
    for (const { card } of shown.values()) card.open(false);
    const card = createCard();
    card.open(true);
    const item = document.createElement("li");
    item.append(card.element);
    list.prepend(item);
    const entry = { card, item, state: "" };
    shown.set(life.key, entry);
    return entry;
  }

  function count() {
    const all = lives.all();
    const collected = all.filter((life) => life.arrivals.some((hit) => hit.collected));
    byId("count-collected").textContent = String(collected.length);
    byId("count-callbacks").textContent = String(all.reduce((sum, life) => sum + life.runs.length, 0));
    byId("count-waiting").textContent = String(all.filter(isPending).length);
    document.documentElement.classList.toggle("hits-wait", all.some(isPending));
    byId("no-hits").hidden = all.length > 0;
  }

  followCollector({
    hit: lives.arrived,
    plan: startFaults(),
    cleared: lives.clear,
    connected(connected) {
      byId("connection").textContent = connected ? "Live" : "Connection lost, trying again";
      document.documentElement.classList.toggle("disconnected", !connected);
      caughtUp = true;
    },
  });
  byId("clear").addEventListener("click", clearHits);
  loadDecoder().then((loaded) => {
    decode = loaded;
    for (const life of lives.all()) show(life);
  });
  return lives;
}

/**
 * Hits of this page when something has become of them; those of others when they arrive, the old ones never.
 *
 * @param {Life} life
 * @param {import("./lives.js").State} state
 * @param {boolean} caughtUp
 */
function worthSaying(life, state, caughtUp) {
  return life.called === undefined ? caughtUp : state !== "waiting" && state !== "collected";
}
