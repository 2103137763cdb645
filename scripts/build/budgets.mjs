// What each file may weigh at most, and what each function of the module has weighed: tests/budgets.json.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/run.mjs";
import { weighFiles } from "./sizes.mjs";
import { functionSizes } from "./wasm.mjs";

/**
 * @typedef {import("./sizes.mjs").Sizes} Sizes
 * @typedef {{ files: Record<string, Sizes>, functions: Record<string, number> }} Budgets
 */

const file = join(root, "tests/budgets.json");

/** Another version of Rust, or of Node's zlib, may make a file this much larger. */
const slack = 1.005;

/** @returns {Budgets} */
export const budgets = () => JSON.parse(readFileSync(file, "utf8"));

/** What there is now. @returns {Budgets} */
export function weighed() {
  /** @type {Record<string, number>} */
  const functions = {};
  for (const { name, bytes } of functionSizes(
    readFileSync(join(root, "build/tracker/afterhit_named.wasm")),
  )) {
    functions[name] = (functions[name] ?? 0) + bytes;
  }
  return { files: weighFiles(), functions };
}

/**
 * The files that weigh more than they may, a line each.
 * @param {Budgets} wanted
 * @param {Budgets} found
 */
export function exceeded(wanted, found) {
  return Object.entries(found.files).flatMap(([path, now]) => {
    const most = wanted.files[path];
    if (!most) return [`${path} has no budget`];
    const kinds = /** @type {(keyof Sizes)[]} */ (Object.keys(now));
    return kinds
      .filter((kind) => now[kind] > most[kind] * slack)
      .map((kind) => `${path}: ${now[kind]} bytes (${kind}), ${now[kind] - most[kind]} more than its budget`);
  });
}

/** @param {Record<string, number>} weights by names */
export function largestFirst(weights) {
  const rows = Object.entries(weights).map(([name, bytes]) => ({ name, bytes }));
  return rows.sort((one, other) => other.bytes - one.bytes);
}

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
  return largestFirst(Object.fromEntries(growth)).filter(({ bytes }) => bytes > 0);
}

/** Makes what there is now the budget. @param {Budgets} found */
export function write(found) {
  writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
}
