// Skips build steps whose inputs have not changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const digests = join(root, "build/cache");

/**
 * Paths are relative to the root of the project; inputs may be folders. `values` are inputs that are no files.
 * @typedef {{ inputs: string[], outputs: string[], values?: unknown }} Files
 */

/**
 * @param {string} step its name
 * @param {Files} files
 * @param {() => Promise<unknown>} build
 */
export async function buildIfChanged(step, files, build) {
  const digestFile = join(digests, step);
  const digest = digestOf(files);
  const isBuilt = files.outputs.every((output) => existsSync(join(root, output)));
  if (isBuilt && existsSync(digestFile) && readFileSync(digestFile, "utf8") === digest) return;

  await build();
  mkdirSync(digests, { recursive: true });
  writeFileSync(digestFile, digest);
}

/** @param {Files} files */
function digestOf({ inputs, values }) {
  const hash = createHash("sha256").update(JSON.stringify(values ?? null));
  for (const file of inputs.flatMap((input) => filesIn(join(root, input)))) {
    hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/**
 * @param {string} path of a file or folder
 * @returns {string[]} in a stable order
 */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
