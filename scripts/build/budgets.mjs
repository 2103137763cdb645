// What each file may weigh at most, and what each function of the module has weighed: tests/budgets.json.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, root } from "../lib/run.mjs";
import { weighFiles } from "./sizes.mjs";
import { functionsOf } from "./wasm.mjs";

/**
 * @typedef {import("./sizes.mjs").Sizes} Sizes
 * @typedef {{ name: string, bytes: number }} Row
 * @typedef {{ rust: string, files: Record<string, Sizes>, functions: Record<string, number> }} Budgets rust: its version
 */

const file = join(root, "tests/budgets.json");

/**
 * How much larger a file may be, as a factor: folders and their names stand in some of them. Another version of Rust writes
 * other functions, for which no arrangement was looked for.
 */
const slack = { sameRust: 1.005, otherRust: 1.04 };

/** @returns {Budgets} */
export const budgets = () => JSON.parse(readFileSync(file, "utf8"));

/** What there is now. @returns {Budgets} */
export function weighed() {
  /** @type {Record<string, number>} */
  const functions = {};
  const module = readFileSync(join(root, "build/tracker/afterhit_named.wasm"));
  for (const { name, bytes } of largestFirst(functionsOf(module))) {
    functions[name] = (functions[name] ?? 0) + bytes;
  }
  return { rust: ask("rustc", ["--version"]) ?? "", files: weighFiles(), functions };
}

/**
 * The files that weigh more than they may, a line each.
 * @param {Budgets} wanted
 * @param {Budgets} found
 */
export function exceeded(wanted, found) {
  const factor = wanted.rust === found.rust ? slack.sameRust : slack.otherRust;
  return Object.entries(found.files).flatMap(([path, now]) => {
    const most = wanted.files[path];
    if (!most) return [`${path} has no budget`];
    const kinds = /** @type {(keyof Sizes)[]} */ (Object.keys(now));
    return kinds
      .filter((kind) => now[kind] > most[kind] * factor)
      .map((kind) => `${path}: ${now[kind]} bytes (${kind}), ${now[kind] - most[kind]} more than its budget`);
  });
}

/** @param {Row[]} rows */
export const largestFirst = (rows) => rows.toSorted((one, other) => other.bytes - one.bytes);

/** @param {Record<string, number>} weights by names @returns {Row[]} */
export const rowsOf = (weights) => Object.entries(weights).map(([name, bytes]) => ({ name, bytes }));

/**
 * Functions that have grown or are new, the largest growth first.
 * @param {Budgets} wanted
 * @param {Budgets} found
 */
export function grown(wanted, found) {
  const growth = Object.entries(found.functions).map(([name, bytes]) => [
    name,
    bytes - (wanted.functions[name] ?? 0),
  ]);
  return largestFirst(rowsOf(Object.fromEntries(growth))).filter(({ bytes }) => bytes > 0);
}

/** Makes what there is now the budget. @param {Budgets} found */
export function write(found) {
  writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
}
