// The results as a table for the terminal.
import { floor } from "./subjects.mjs";

/**
 * @typedef {import("./results.mjs").Results} Results
 * @typedef {import("./results.mjs").Row} Row
 * @typedef {import("./results.mjs").Value} Value
 */

const TITLE_WIDTH = 42;
const NUMBER_WIDTH = 11;
const RATIO_WIDTH = 9;
const digits = { bytes: 0, ms: 2, kB: 0 };

/** @param {Results} results */
export function table({ base, rounds, machine, subjects, rows }) {
  const names = subjects.map(({ name, version }) => [name, version].filter(Boolean).join(" "));
  const head = names.map((name) => ` ${name}`.padStart(NUMBER_WIDTH + RATIO_WIDTH)).join("");
  return [
    `${"".padEnd(TITLE_WIDTH)}${head}`,
    ...rows.map((row) => line(row, subjects, base)),
    "",
    `medians of ${rounds} rounds, with ratios to ${base === floor ? "an image whose URL is ready" : base}`,
    `${machine.browser} (Chromium), ${machine.cores} cores, ${machine.processor}`,
    "memory: JavaScript, DOM and WebAssembly above the same page without a tracker, after garbage collection",
    "calls of alloy and snowplow return before the request is made: their work is in the row of the main thread",
    ...unrepeated(rows),
    ...missedTargets(rows, base),
  ].join("\n");
}

/**
 * @param {Row} row
 * @param {Results["subjects"]} subjects
 * @param {string} base
 */
function line({ title, unit, values }, subjects, base) {
  const cells = subjects.map(({ name }) => cell(values[name], unit, { isBase: name === base }));
  return `${`${title}, ${unit}`.padEnd(TITLE_WIDTH)}${cells.join("")}`;
}

/**
 * @param {Value | undefined} value
 * @param {Row["unit"]} unit
 * @param {{ isBase: boolean }} options
 */
function cell(value, unit, { isBase }) {
  if (!value) return "–".padStart(NUMBER_WIDTH).padEnd(NUMBER_WIDTH + RATIO_WIDTH);
  const number = value.median.toLocaleString("en", {
    minimumFractionDigits: digits[unit],
    maximumFractionDigits: digits[unit],
  });
  const mark = value.isRepeatable === false ? "~" : " ";
  const ratio = value.ratio === undefined || isBase ? "" : `${times(value.ratio)}${mark}`;
  return `${number.padStart(NUMBER_WIDTH)}${ratio.padStart(RATIO_WIDTH)}`;
}

/** @param {number} ratio */
export const times = (ratio) => `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;

/** @param {Row[]} rows */
function unrepeated(rows) {
  const found = rows.flatMap(({ title, values }) =>
    Object.entries(values)
      .filter(([, { isRepeatable }]) => isRepeatable === false)
      .map(([name, { halves }]) => `${name}, ${title}: ${halves?.map(times).join(" and ")}`),
  );
  if (found.length === 0) return ["no ratio differs by more than 15 % between the halves of the run"];
  return [
    "~ differs by more than 15 % between the halves of the run:",
    ...found.map((text) => `    ${text}`),
  ];
}

/** Where afterhit misses its targets relative to AppMeasurement. @param {Row[]} rows @param {string} base */
function missedTargets(rows, base) {
  if (base === floor) return [];
  const missed = rows.filter(({ target, values }) => (values.afterhit?.ratio ?? 0) > (target ?? Infinity));
  if (missed.length === 0) return ["afterhit meets all of its targets"];
  return [
    "afterhit misses its targets:",
    ...missed.map(
      ({ title, target, values }) =>
        `    ${title}: ${times(values.afterhit?.ratio ?? 0)}, at most ${times(target ?? 0)} wanted`,
    ),
  ];
}
