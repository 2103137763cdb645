/**
 * The inspector: shows every change of a hit in the list, on the oscilloscope and in the counters.
 *
 * @typedef {import("./hits.js").HitRecord} HitRecord
 * @typedef {import("./decoder.js").Reading} Reading
 */
import { byId, h } from "../dom.js";
import { startAnnouncer } from "./announcer.js";
import { startBottomSheet } from "./bottom-sheet.js";
import { createCard, STATE_LABELS, titleOf } from "./card.js";
import { clearHits, followCollector } from "./collector-client.js";
import { loadDecoder } from "./decoder.js";
import { startFaultSwitch } from "./fault-switch.js";
import { createHitRecords, isCollected, isPending, stateOf } from "./hits.js";
import { renderInspector } from "./markup.js";
import { startOscilloscope } from "./oscilloscope.js";

/** @returns {import("./hits.js").HitRecords} where the page reports its own tracking calls */
export function startInspector() {
  renderInspector();
  const list = byId("hits");
  const showSignal = startOscilloscope();
  const announce = startAnnouncer();
  const showLatest = startBottomSheet();
  /** @type {Map<string, { card: import("./card.js").Card, item: HTMLElement, state: string }>} */
  const entries = new Map();
  /** @type {(url: string, body: string) => Reading} */
  let decode = () => ({ problem: "The decoder is loading." });
  /** The collector sends its earlier hits first: they are shown but not announced. */
  let hasCaughtUp = false;

  const records = createHitRecords({
    changed(record) {
      show(record);
      count();
    },
    dropped(record) {
      entries.get(record.key)?.item.remove();
      entries.delete(record.key);
      showSignal(record.key, undefined);
      count();
    },
  });

  /** @param {HitRecord} record */
  function show(record) {
    const entry = entries.get(record.key) ?? addEntry(record);
    const reading = decode(record.sentUrl, record.body);
    const { label, title, purchase } = titleOf(reading, record);
    const state = stateOf(record);
    entry.card.show(record, reading);
    showSignal(record.key, { state, kind: label.toLowerCase(), purchase });
    showLatest(`${label}: ${title}`, STATE_LABELS[state], state);
    if (state !== entry.state && isWorthAnnouncing(record, state, hasCaughtUp))
      announce(record.key, () => {
        const current = titleOf(decode(record.sentUrl, record.body), record);
        return `${current.label} ${current.title}: ${STATE_LABELS[stateOf(record)]}`;
      });
    entry.state = state;
  }

  /** @param {HitRecord} record */
  function addEntry(record) {
    for (const { card } of entries.values()) card.open(false);
    const card = createCard();
    card.open(true);
    const item = h("li", {}, card.element);
    list.prepend(item);
    const entry = { card, item, state: "" };
    entries.set(record.key, entry);
    return entry;
  }

  function count() {
    const all = records.all();
    byId("count-collected").textContent = String(all.filter(isCollected).length);
    byId("count-callbacks").textContent = String(all.reduce((sum, { runs }) => sum + runs.length, 0));
    byId("count-waiting").textContent = String(all.filter(isPending).length);
    document.documentElement.classList.toggle("hits-wait", all.some(isPending));
    byId("no-hits").hidden = all.length > 0;
  }

  followCollector({
    hit: records.arrived,
    plan: startFaultSwitch(),
    cleared: records.clear,
    connected(connected) {
      byId("connection").textContent = connected ? "Live" : "Connection lost, trying again";
      document.documentElement.classList.toggle("disconnected", !connected);
      hasCaughtUp = true;
    },
  });
  byId("clear").addEventListener("click", clearHits);
  loadDecoder().then((loaded) => {
    decode = loaded;
    for (const record of records.all()) show(record);
  });
  return records;
}

/**
 * Hits of this page are announced once their fate is known, hits of other pages when they arrive, earlier hits never.
 *
 * @param {HitRecord} record
 * @param {import("./hits.js").State} state
 * @param {boolean} hasCaughtUp
 */
function isWorthAnnouncing(record, state, hasCaughtUp) {
  return record.called === undefined ? hasCaughtUp : state !== "waiting" && state !== "collected";
}
