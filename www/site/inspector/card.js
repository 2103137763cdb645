/**
 * One hit on the screen: what it is, its timeline so far, and its variables. Parts are rendered again only when their
 * content changes, so that focus and selection survive.
 *
 * @typedef {import("./hits.js").HitRecord} HitRecord
 * @typedef {import("./decoder.js").Reading} Reading
 * @typedef {{ element: HTMLElement, show: (record: HitRecord, reading: Reading) => void, open: (open: boolean) => void }} Card
 */
import { h } from "../dom.js";
import { groupsOf, isPurchase, isTechnical, nameOf } from "./groups.js";
import { stateOf } from "./hits.js";
import { clock, timelineOf } from "./timeline.js";

/** @type {Record<import("./hits.js").State, string>} */
export const STATE_LABELS = {
  waiting: "Waiting",
  "not-collected": "Not collected yet",
  collected: "Collected",
  ran: "Callback ran",
  queued: "Handed to the browser",
  failed: "Given up",
};

/** @returns {Card} */
export function createCard() {
  const kind = h("span", { class: "kind" });
  const name = h("h3", { class: "card-name" });
  const stateLabel = h("span", { class: "state" });
  const time = h("time", {});
  const timeline = h("ol", { class: "timeline" });
  const variables = h("div", { class: "variables" });
  const summary = h("summary", { class: "card-head" }, kind, stateLabel, time, name);
  const details = h("details", {}, summary, timeline, variables);
  const element = h("article", { class: "card" }, details);
  let wasToggledByUser = false;
  summary.addEventListener("click", () => {
    wasToggledByUser = true;
  });
  const updateTimeline = updater(timeline);
  const updateVariables = updater(variables);

  return {
    element,
    show(record, reading) {
      const { label, title } = titleOf(reading, record);
      const state = stateOf(record);
      element.dataset.state = state;
      element.dataset.kind = label.toLowerCase();
      kind.textContent = label;
      name.textContent = title;
      stateLabel.textContent = STATE_LABELS[state];
      time.textContent = clock(record.firstSeen);
      time.dateTime = new Date(record.firstSeen).toISOString();
      updateTimeline(timelineKey(record), () => timelineOf(record));
      updateVariables(JSON.stringify(reading), () =>
        "decoded" in reading ? variableTables(reading.decoded) : undecoded(record, reading.problem),
      );
    },
    open(open) {
      if (!wasToggledByUser && !element.contains(document.activeElement)) details.open = open;
    },
  };
}

/**
 * @param {Reading} reading
 * @param {HitRecord} record
 */
export function titleOf(reading, record) {
  if (!("decoded" in reading))
    return { label: "Hit", title: record.key.replace(/\?.*/s, ""), purchase: false };
  const { decoded } = reading;
  const label = decoded.kind[0]?.toUpperCase() + decoded.kind.slice(1);
  const purchase = isPurchase(decoded);
  return { label: purchase && label === "Page view" ? "Purchase" : label, title: nameOf(decoded), purchase };
}

/** @param {HitRecord} record */
function timelineKey({ called, arrivals, runs, failures, outcome }) {
  return [called, arrivals.length, runs.length, failures.length, outcome?.status].join();
}

/**
 * A function that replaces the element's content when the key differs from the last one.
 *
 * @param {HTMLElement} element
 */
function updater(element) {
  let shownKey = "";
  return (/** @type {string} */ key, /** @type {() => Node[]} */ render) => {
    if (key === shownKey) return;
    shownKey = key;
    element.replaceChildren(...render());
  };
}

/** @param {import("../types.js").Decoded} decoded */
function variableTables(decoded) {
  return groupsOf(decoded).map((group) => {
    const list = h("dl", {}, ...group.rows.map(variableRow));
    if (!isTechnical(group)) return h("section", {}, h("h4", { class: "variables-name" }, group.title), list);
    return h(
      "details",
      { class: "technical" },
      h("summary", { class: "technical-head" }, `${group.title} (${group.rows.length})`),
      list,
    );
  });
}

/** @param {import("./groups.js").Row} row */
function variableRow({ name, parameter, value, remark }) {
  return h(
    "div",
    {},
    h("dt", { title: `Sent as ${parameter}` }, name),
    h("dd", {}, ...valueLines(parameter, value), remark && h("em", {}, ` ${remark}`)),
  );
}

/**
 * Events and products are lists: one entry per line.
 *
 * @param {string} parameter
 * @param {string} value
 */
function valueLines(parameter, value) {
  if (parameter !== "events" && parameter !== "products") return [value];
  const entries = value.split(",");
  return entries.map((entry, index) =>
    h("span", { class: "entry" }, index < entries.length - 1 ? `${entry},` : entry),
  );
}

/**
 * @param {HitRecord} record
 * @param {string} problem
 */
function undecoded({ sentUrl, body }, problem) {
  return [
    h("p", { class: "problem" }, problem),
    h("p", { class: "raw" }, body ? `${sentUrl}\n${body}` : sentUrl),
  ];
}
