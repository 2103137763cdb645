// Size budgets (tests/budgets.json): the largest size allowed for each file, and the size of each function when it was set.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, root } from "../lib/run.mjs";
import { measureFiles } from "./sizes.mjs";
import { parseModule } from "./wasm-module.mjs";

/**
 * @typedef {import("./sizes.mjs").Sizes} Sizes
 * @typedef {{ name: string, bytes: number }} Row
 * @typedef {{ rust: string, files: Record<string, Sizes>, functions: Record<string, number> }} Budgets rust: the version of rustc
 */

const file = join(root, "tests/budgets.json");

/**
 * How much larger than its budget a file may be, as a factor: some files contain paths, which differ between machines. The
 * function order was found for one version of rustc; others generate other functions.
 */
const tolerance = { sameRust: 1.005, otherRust: 1.04 };

/** @returns {Budgets} */
export const readBudgets = () => JSON.parse(readFileSync(file, "utf8"));

/** The sizes of the latest build. @returns {Budgets} */
export function measureBuild() {
  /** @type {Record<string, number>} */
  const functions = {};
  const module = readFileSync(join(root, "build/tracker/afterhit_named.wasm"));
  for (const { name, bytes } of largestFirst(parseModule(module).functions)) {
    functions[name] = (functions[name] ?? 0) + bytes;
  }
  return { rust: ask("rustc", ["--version"]) ?? "", files: measureFiles(), functions };
}

/**
 * A line for each file that is over its budget.
 * @param {Budgets} budgets
 * @param {Budgets} measured
 */
export function exceeded(budgets, measured) {
  const factor = budgets.rust === measured.rust ? tolerance.sameRust : tolerance.otherRust;
  return Object.entries(measured.files).flatMap(([path, now]) => {
    const budget = budgets.files[path];
    if (!budget) return [`${path} has no budget`];
    const kinds = /** @type {(keyof Sizes)[]} */ (Object.keys(now));
    return kinds
      .filter((kind) => now[kind] > budget[kind] * factor)
      .map((kind) => `${path}: ${now[kind]} bytes (${kind}), ${now[kind] - budget[kind]} over its budget`);
  });
}

/** @param {Row[]} rows */
export const largestFirst = (rows) => rows.toSorted((one, other) => other.bytes - one.bytes);

/** @param {Record<string, number>} sizes by name @returns {Row[]} */
export const rowsOf = (sizes) => Object.entries(sizes).map(([name, bytes]) => ({ name, bytes }));

/**
 * Functions that have grown or are new, the largest growth first.
 * @param {Budgets} budgets
 * @param {Budgets} measured
 */
export function grown(budgets, measured) {
  const growth = Object.entries(measured.functions).map(([name, bytes]) => [
    name,
    bytes - (budgets.functions[name] ?? 0),
  ]);
  return largestFirst(rowsOf(Object.fromEntries(growth))).filter(({ bytes }) => bytes > 0);
}

/** @param {Budgets} budgets */
export function writeBudgets(budgets) {
  writeFileSync(file, `${JSON.stringify(budgets, null, 2)}\n`);
}
