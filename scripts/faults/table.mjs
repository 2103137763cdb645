// The results as a table for the terminal.

/**
 * @typedef {import("./runner.mjs").Row} Row
 * @typedef {import("./list.mjs").Fault} Fault
 */

const columns = /** @type {const} */ (["called", "collected", "lost", "duplicates", "callbacks", "seconds"]);
const SCRIPT_WIDTH = 12;
const COLUMN_WIDTH = 12;

export function head() {
  return `${"".padEnd(SCRIPT_WIDTH)}${columns.map((column) => column.padStart(COLUMN_WIDTH)).join("")}`;
}

/**
 * @param {Fault} fault
 * @param {Row[]} rows
 */
export function lines(fault, rows) {
  return [
    `\n${fault.name}: ${fault.about}`,
    ...rows.flatMap((row) => [line(fault, row), ...stories(fault, row)]),
  ];
}

/**
 * @param {Fault} fault
 * @param {Row} row
 */
function stories({ mayDuplicate }, row) {
  if (mayDuplicate && row.lost === 0) return [];
  return Object.entries(row.stories).flatMap(([name, story]) => [
    `    ${name}:`,
    ...story.map((note) => `      ${note}`),
  ]);
}

/**
 * @param {Fault} fault
 * @param {Row} row
 */
function line({ mayDuplicate }, row) {
  const numbers = columns.map((column) => String(row[column]).padStart(COLUMN_WIDTH)).join("");
  const remarks = [
    row.problems.length > 0 ? `${row.problems.join(", ")} (${row.names.join(", ")} …)` : "ok",
    ...(row.notTaken > 0 ? [`the browser did not accept ${row.notTaken}`] : []),
    ...(row.duplicates > 0 && mayDuplicate ? [`duplicates are allowed: ${mayDuplicate}`] : []),
  ];
  return `${`  ${row.script}`.padEnd(SCRIPT_WIDTH)}${numbers}  ${remarks.join("; ")}`;
}
