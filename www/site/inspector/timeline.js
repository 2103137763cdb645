/**
 * The timeline of a hit as a list: tracking call, arrivals (one per attempt), callbacks, outcome.
 *
 * @typedef {import("./hits.js").HitRecord} HitRecord
 */
import { h } from "../dom.js";
import { isPending } from "./hits.js";

/**
 * @param {HitRecord} record
 * @returns {HTMLElement[]}
 */
export function timelineOf(record) {
  /** @param {number} at */
  const time = (at) => (record.called === undefined ? clock(at) : sinceCall(record.called, at));
  const steps = [];
  if (record.called !== undefined) steps.push(step("called", "Called in the page", clock(record.called)));
  for (const [index, hit] of record.arrivals.entries())
    steps.push(arrivalStep(hit, record.arrivals.length > 1 ? index + 1 : 0, time(Date.parse(hit.time))));
  if (isPending(record)) {
    const text = record.arrivals.length > 0 ? "afterhit will try again" : "Waiting in the queue";
    steps.push(step("pending", text, ""));
  }
  for (const { at, args, cleared } of record.runs) {
    const text = cleared ? "Callbacks ran: s.clearVars(), then" : "Callback ran:";
    steps.push(step("ran", text, time(at), callbackCall(record.requestUrl, args)));
  }
  for (const { at, reason, args } of record.failures) {
    const call = callbackCall(record.requestUrl, [reason, ...args]);
    steps.push(step("failed", "Given up, the failure callback ran:", time(at), call));
  }
  if (record.outcome) steps.push(step("outcome", `Outcome: ${describeOutcome(record.outcome)}`, ""));
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
 * @param {import("../types.js").Hit} hit
 * @param {number} attempt from 1; 0 when it was the only one
 * @param {string} when
 */
function arrivalStep({ method, answered, collected }, attempt, when) {
  const what = attempt > 0 ? `try ${attempt}, ${method}` : method;
  const result = collected ? "Collected" : "Reached the collector";
  return step(
    collected ? "collected" : "not-collected",
    `${result}: ${what}, ${describeAnswer(answered)}`,
    when,
  );
}

/**
 * The callback as it was called: the exact URL first, then the arguments of its registration.
 *
 * @param {string} requestUrl
 * @param {unknown[]} args
 */
function callbackCall(requestUrl, args) {
  const shown = args.map((arg) => h("span", { class: "argument" }, JSON.stringify(arg) ?? "undefined"));
  return h(
    "code",
    { class: "call" },
    "callback(",
    h(
      "span",
      { class: "call-url", tabindex: 0, role: "group", "aria-label": "Request URL" },
      h("span", { class: "url" }, requestUrl),
      shown.length > 0 && ",",
    ),
    ...shown.flatMap((argument, index) => (index > 0 ? [", ", argument] : [argument])),
    ")",
  );
}

/** @param {import("../types.js").Outcome} outcome */
function describeOutcome({ status, attempts, reason }) {
  const tries = `${attempts} ${attempts === 1 ? "try" : "tries"}`;
  return [status, attempts > 0 ? tries : "", reason].filter(Boolean).join(", ");
}

/** @param {string} answer in the words of the collector's fault plan */
function describeAnswer(answer) {
  const [, delay] = /^delay:(\d+)$/.exec(answer) ?? [];
  if (delay) return `image after ${delay} ms`;
  if (answer === "ok") return "image";
  if (answer === "drop") return "connection closed";
  if (answer === "hang") return "never answered";
  return `${answer.replace("image:", "image with status ")}${/^\d+$/.test(answer) ? ", no image" : ""}`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/**
 * The time since the call; the time of day when the clocks of page and collector disagree.
 *
 * @param {number} called
 * @param {number} at
 */
function sinceCall(called, at) {
  const ms = at - called;
  if (ms < 0) return clock(at);
  return ms < 1000 ? `+${ms} ms` : `+${(ms / 1000).toFixed(1)} s`;
}

/** @param {number} at */
export function clock(at) {
  return CLOCK.format(at);
}
