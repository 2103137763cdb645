// The bench's findings for people.

/**
 * @typedef {import("./bench.mjs").Row} Row
 * @typedef {import("./list.mjs").Fault} Fault
 */

const columns = /** @type {const} */ (["called", "collected", "lost", "duplicates", "callbacks"]);
const NAMES = 12;
const WIDTH = 12;

export function head() {
  return `${"".padEnd(NAMES)}${columns.map((column) => column.padStart(WIDTH)).join("")}`;
}

/**
 * @param {Fault} fault
 * @param {Row[]} rows
 */
export function lines(fault, rows) {
  return [`\n${fault.name}: ${fault.about}`, ...rows.map((row) => line(fault, row))];
}

/**
 * @param {Fault} fault
 * @param {Row} row
 */
function line({ mayDouble }, row) {
  const numbers = columns.map((column) => String(row[column]).padStart(WIDTH)).join("");
  const remarks = [
    row.wrong.length > 0 ? `${row.wrong.join(", ")} (${row.names.join(", ")} …)` : "ok",
    ...(row.refused > 0 ? [`the browser did not take ${row.refused}`] : []),
    ...(row.duplicates > 0 && mayDouble ? [`twice: ${mayDouble}`] : []),
  ];
  return `${`  ${row.script}`.padEnd(NAMES)}${numbers}  ${remarks.join("; ")}`;
}
