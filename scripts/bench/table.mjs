// The findings for people.
import { floor } from "./contenders.mjs";

/**
 * @typedef {import("./findings.mjs").Findings} Findings
 * @typedef {import("./findings.mjs").Row} Row
 * @typedef {import("./findings.mjs").Value} Value
 */

const TITLE = 42;
const NUMBER = 11;
const RATIO = 9;
const digits = { bytes: 0, ms: 2, kB: 0 };

/** @param {Findings} findings */
export function table({ base, rounds, machine, contenders, rows }) {
  const names = contenders.map(({ name, version }) => [name, version].filter(Boolean).join(" "));
  const head = names.map((name) => ` ${name}`.padStart(NUMBER + RATIO)).join("");
  return [
    `${"".padEnd(TITLE)}${head}`,
    ...rows.map((row) => line(row, contenders, base)),
    "",
    `medians of ${rounds} rounds, with ratios to ${base === floor ? "an image whose URL is ready" : base}`,
    `${machine.browser} (Chromium), ${machine.cores} cores, ${machine.processor}`,
    "memory: JavaScript, DOM and WebAssembly above the same page without a tracker, after garbage collection",
    "calls of alloy and snowplow return before the request is made: their work is in the row of the main thread",
    ...doubts(rows),
    ...wishes(rows, base),
  ].join("\n");
}

/**
 * @param {Row} row
 * @param {Findings["contenders"]} contenders
 * @param {string} base
 */
function line({ title, unit, values }, contenders, base) {
  const cells = contenders.map(({ name }) => cell(values[name], unit, name === base));
  return `${`${title}, ${unit}`.padEnd(TITLE)}${cells.join("")}`;
}

/**
 * @param {Value | undefined} value
 * @param {Row["unit"]} unit
 * @param {boolean} isBase
 */
function cell(value, unit, isBase) {
  if (!value) return "–".padStart(NUMBER).padEnd(NUMBER + RATIO);
  const places = digits[unit];
  const number = value.median.toLocaleString("en", {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  const doubt = value.repeats === false ? "~" : " ";
  const to = value.ratio === undefined || isBase ? "" : `${times(value.ratio)}${doubt}`;
  return `${number.padStart(NUMBER)}${to.padStart(RATIO)}`;
}

/** @param {number} ratio */
export const times = (ratio) => `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;

/** What the two halves of the run tell differently. @param {Row[]} rows */
function doubts(rows) {
  const found = rows.flatMap(({ title, values }) =>
    Object.entries(values)
      .filter(([, { repeats }]) => repeats === false)
      .map(([name, { halves }]) => `${name}, ${title}: ${halves?.map(times).join(" and ")}`),
  );
  if (found.length === 0) return ["every ratio is within 15 % of itself in both halves of the run"];
  return [
    "~ differs by more than 15 % between the halves of the run:",
    ...found.map((text) => `    ${text}`),
  ];
}

/** Where ours is not yet as we want it beside AppMeasurement. @param {Row[]} rows @param {string} base */
function wishes(rows, base) {
  if (base === floor) return [];
  const missed = rows.filter(({ wanted, values }) => (values.afterhit?.ratio ?? 0) > (wanted ?? Infinity));
  if (missed.length === 0) return ["afterhit is as small and as fast as it is meant to be"];
  return [
    "afterhit is above what is wanted:",
    ...missed.map(
      ({ title, wanted, values }) =>
        `    ${title}: ${times(values.afterhit?.ratio ?? 0)}, wanted ${times(wanted ?? 0)} at most`,
    ),
  ];
}
