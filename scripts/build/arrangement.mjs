// The order in which functions stand in the module, and locals in each of them. It means nothing to who runs the module and
// 3 % to who downloads it, because what is alike is then written alike. It was found by trying;
// npm run arrange goes on from it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/run.mjs";
import { putTogether, takeApart } from "./parts.mjs";
import { functionsOf } from "./wasm.mjs";

/** A line for each function in their order: its name, a tab, and the new places of its locals. */
export const arrangementFile = "scripts/build/arrangement.txt";

const at = join(root, arrangementFile);

/** @typedef {import("./parts.mjs").Order} Order */

/**
 * The same module in the order that was found; what it does not name keeps its order.
 * @param {Uint8Array<ArrayBuffer>} module
 * @param {Uint8Array<ArrayBuffer>} named the same with its names
 */
export function arrange(module, named) {
  const parts = takeApart(module);
  return putTogether(parts, readOrder(parts, uniqueNames(named)));
}

/** @param {import("./parts.mjs").Parts} parts @param {string[]} names of its functions @returns {Order} */
export function readOrder({ functions }, names) {
  const lines = readFileSync(at, "utf8").split("\n");
  const found = new Map(
    lines.map((line) => {
      const [name = "", places = ""] = line.split("\t");
      return [name, places];
    }),
  );
  const known = [...found.keys()].map((name) => names.indexOf(name)).filter((index) => index >= 0);
  const locals = functions.map(({ locals }, index) => {
    const places = found
      .get(names[index] ?? "")
      ?.split(" ")
      .filter(Boolean)
      .map(Number);
    return places?.length === locals.length ? places : locals.map((_, place) => place);
  });
  return { functions: [...new Set([...known, ...names.keys()])], locals };
}

/** @param {Order} order @param {string[]} names */
export function writeOrder({ functions, locals }, names) {
  const lines = functions.map((index) => `${names[index]}\t${(locals[index] ?? []).join(" ")}\n`);
  writeFileSync(at, lines.join(""));
}

/**
 * The names of a module's functions; those that several have are numbered.
 * @param {Uint8Array<ArrayBuffer>} named
 */
export function uniqueNames(named) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return functionsOf(named).map(({ name }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count > 1 ? `${name} ${count}` : name;
  });
}
