/**
 * One hit on the screen: what it is, the way it has gone so far, and its variables. Parts change only when their
 * content does, so that focus and selection stay where they are.
 *
 * @typedef {import("./lives.js").Life} Life
 * @typedef {import("./decoder.js").Reading} Reading
 * @typedef {{ element: HTMLElement, show: (life: Life, reading: Reading) => void, open: (open: boolean) => void }} Card
 */
import { h } from "../dom.js";
import { groupsOf, isPurchase, isTechnical, nameOf } from "./groups.js";
import { stateOf } from "./lives.js";
import { clock, wayOf } from "./way.js";

/** @type {Record<import("./lives.js").State, string>} */
export const STATES = {
  waiting: "Waiting",
  refused: "Not collected yet",
  collected: "Collected",
  ran: "Callback ran",
  queued: "Left to the browser",
  failed: "Given up",
};

/** @returns {Card} */
export function createCard() {
  const kind = h("span", { class: "kind" });
  const name = h("h3", { class: "card-name" });
  const state = h("span", { class: "state" });
  const time = h("time", {});
  const way = h("ol", { class: "way" });
  const variables = h("div", { class: "variables" });
  const details = h(
    "details",
    {},
    h("summary", { class: "card-head" }, kind, state, time, name),
    way,
    variables,
  );
  const element = h("article", { class: "card" }, details);
  let touched = false;
  details.firstElementChild?.addEventListener("click", () => {
    touched = true;
  });
  const setWay = changing(way);
  const setVariables = changing(variables);

  return {
    element,
    show(life, reading) {
      const { label, title, purchase } = titleOf(reading, life);
      const now = stateOf(life);
      element.dataset.state = now;
      element.dataset.kind = label.toLowerCase();
      element.classList.toggle("purchase", purchase);
      kind.textContent = label;
      name.textContent = title;
      state.textContent = STATES[now];
      time.textContent = clock(life.began);
      time.dateTime = new Date(life.began).toISOString();
      setWay(wayKey(life), () => wayOf(life));
      setVariables(JSON.stringify(reading), () =>
        "decoded" in reading ? tables(reading.decoded) : raw(life, reading),
      );
    },
    open(open) {
      if (!touched && !element.contains(document.activeElement)) details.open = open;
    },
  };
}

/**
 * @param {Reading} reading
 * @param {Life} life
 */
export function titleOf(reading, life) {
  if (!("decoded" in reading)) return { label: "Hit", title: life.key.replace(/\?.*/s, ""), purchase: false };
  const { decoded } = reading;
  const label = decoded.kind[0]?.toUpperCase() + decoded.kind.slice(1);
  const purchase = isPurchase(decoded);
  return { label: purchase && label === "Page view" ? "Purchase" : label, title: nameOf(decoded), purchase };
}

/** @param {Life} life */
function wayKey({ called, arrivals, runs, failures, outcome }) {
  return [called, arrivals.length, runs.length, failures.length, outcome?.status].join();
}

/** @param {HTMLElement} element */
function changing(element) {
  let shown = "";
  return (/** @type {string} */ key, /** @type {() => Node[]} */ content) => {
    if (key === shown) return;
    shown = key;
    element.replaceChildren(...content());
  };
}

/** @param {import("../types.js").Decoded} decoded */
function tables(decoded) {
  return groupsOf(decoded).map((group) => {
    const list = h(
      "dl",
      {},
      ...group.rows.map(({ name, parameter, value, remark }) =>
        h(
          "div",
          {},
          h("dt", { title: `Sent as ${parameter}` }, name),
          h("dd", {}, ...parts(parameter, value), remark && h("em", {}, ` ${remark}`)),
        ),
      ),
    );
    if (!isTechnical(group)) return h("section", {}, h("h4", { class: "variables-name" }, group.title), list);
    return h(
      "details",
      { class: "technical" },
      h("summary", { class: "technical-head" }, `${group.title} (${group.rows.length})`),
      list,
    );
  });
}

/**
 * Events and products are lists: one entry a line.
 *
 * @param {string} parameter
 * @param {string} value
 */
function parts(parameter, value) {
  if (parameter !== "events" && parameter !== "products") return [value];
  const entries = value.split(",");
  return entries.map((entry, index) =>
    h("span", { class: "entry" }, index < entries.length - 1 ? `${entry},` : entry),
  );
}

/**
 * @param {Life} life
 * @param {Reading} reading
 */
function raw(life, reading) {
  return [
    h("p", { class: "problem" }, "problem" in reading ? reading.problem : ""),
    h("p", { class: "raw" }, life.body ? `${life.sentUrl}\n${life.body}` : life.sentUrl),
  ];
}
