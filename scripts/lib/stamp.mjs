// What is built from unchanged inputs is not built again.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const stamps = join(root, "build/stamps");

/**
 * @param {string} path a file or a folder
 * @returns {string[]} the files in it, in a stable order
 */
export function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

/** @param {{ inputs: string[], values?: unknown }} made */
function digest({ inputs, values }) {
  const hash = createHash("sha256").update(JSON.stringify(values ?? null));
  for (const file of inputs.flatMap((input) => filesOf(join(root, input)))) {
    hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/**
 * @param {string} name
 * @param {{ inputs: string[], outputs: string[], values?: unknown }} made paths from the project's root
 * @param {() => Promise<unknown>} make
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function ifChanged(name, made, make) {
  const stamp = join(stamps, name);
  const now = digest(made);
  const there = made.outputs.every((output) => existsSync(join(root, output)));
  if (there && existsSync(stamp) && readFileSync(stamp, "utf8") === now) return false;

  await make();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, now);
  return true;
}
