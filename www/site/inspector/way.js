/**
 * The way of a hit as a list: called, arrived (once for each try), callback, outcome.
 *
 * @typedef {import("./lives.js").Life} Life
 */
import { h } from "../dom.js";
import { isPending } from "./lives.js";

/**
 * @param {Life} life
 * @returns {HTMLElement[]}
 */
export function wayOf(life) {
  /** @param {number} at */
  const time = (at) => (life.called === undefined ? clock(at) : after(life.called, at));
  const steps = [];
  if (life.called !== undefined) steps.push(step("called", "Called in the page", clock(life.called)));
  life.arrivals.forEach((hit, index) => {
    const which = life.arrivals.length > 1 ? `try ${index + 1}, ${hit.method}` : hit.method;
    const text = `${hit.collected ? "Collected" : "Reached the collector"}: ${which}, ${answer(hit.answered)}`;
    steps.push(step(hit.collected ? "collected" : "refused", text, time(Date.parse(hit.time))));
  });
  if (isPending(life))
    steps.push(step("pending", life.arrivals.length > 0 ? "afterhit tries again" : "Waits for its turn", ""));
  for (const run of life.runs) {
    const text = run.cleared ? "Callbacks ran: s.clearVars(), then" : "Callback ran:";
    steps.push(step("ran", text, time(run.at), call(life.requestUrl, run.args)));
  }
  for (const { at, reason, args } of life.failures)
    steps.push(
      step(
        "failed",
        "Given up, so the failure callback ran:",
        time(at),
        call(life.requestUrl, [reason, ...args]),
      ),
    );
  const { outcome } = life;
  if (outcome) {
    const tries = `${outcome.attempts} ${outcome.attempts === 1 ? "try" : "tries"}`;
    const words = [outcome.status, outcome.attempts > 0 ? tries : "", outcome.reason].filter(Boolean);
    steps.push(step("outcome", `Outcome: ${words.join(", ")}`, ""));
  }
  return steps;
}

/**
 * @param {string} kind
 * @param {string} text
 * @param {string} when
 * @param {...Node} more
 */
function step(kind, text, when, ...more) {
  return h(
    "li",
    { class: `step ${kind}` },
    h("span", { class: "step-text" }, text),
    when && h("span", { class: "when" }, when),
    ...more,
  );
}

/**
 * The callback as it was called: the exact URL first, then the arguments of its registration.
 *
 * @param {string} requestUrl
 * @param {unknown[]} args
 */
function call(requestUrl, args) {
  const more = args.map((arg) => h("span", { class: "argument" }, JSON.stringify(arg) ?? "undefined"));
  return h(
    "code",
    { class: "call" },
    "callback(",
    h(
      "span",
      { class: "call-url", tabindex: 0, role: "group", "aria-label": "Request URL" },
      h("span", { class: "url" }, requestUrl),
      more.length > 0 && ",",
    ),
    ...more.flatMap((argument, index) => (index > 0 ? [", ", argument] : [argument])),
    ")",
  );
}

/** @param {string} word what the collector did, in its own words */
function answer(word) {
  const [, delay] = /^delay:(\d+)$/.exec(word) ?? [];
  if (delay) return `image after ${delay} ms`;
  if (word === "ok") return "image";
  if (word === "drop") return "connection closed";
  if (word === "hang") return "never answered";
  return `${word.replace("image:", "image with status ")}${/^\d+$/.test(word) ? ", no image" : ""}`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/**
 * How long after the call; the time of day where the clocks of the page and of the collector disagree.
 *
 * @param {number} since
 * @param {number} at
 */
function after(since, at) {
  const passed = at - since;
  if (passed < 0) return clock(at);
  return passed < 1000 ? `+${passed} ms` : `+${(passed / 1000).toFixed(1)} s`;
}

/** @param {number} at */
export function clock(at) {
  return CLOCK.format(at);
}
