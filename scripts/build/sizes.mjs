// What the files weigh, as they are and as servers send them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { gzip } from "pako";
import { root } from "../lib/run.mjs";

const shipped = [
  "dist/afterhit.js",
  "dist/afterhit.mjs",
  "dist/afterhit.d.ts",
  "dist/inspect/afterhit_bg.wasm",
];

/** @typedef {{ raw: number, gzip: number, brotli: number }} Sizes */

/** Finds the repetitions that gzip and servers find; the zlib in Node is another one, and finds less. */
export const zlib = { level: 9, legacyHash: true };

/** @param {Uint8Array} bytes @returns {Sizes} */
export function sizes(bytes) {
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return { raw: bytes.length, gzip: gzip(bytes, zlib).length, brotli: brotli.length };
}

/** What the files weigh that have been built. @returns {Record<string, Sizes>} */
export function weighFiles() {
  const built = shipped.filter((file) => existsSync(join(root, file)));
  return Object.fromEntries(built.map((file) => [file, sizes(readFileSync(join(root, file)))]));
}

export function printSizes(files = weighFiles()) {
  console.log(`${"".padEnd(32)}${["bytes", "gzip", "brotli"].map((name) => name.padStart(9)).join("")}`);
  for (const [file, { raw, gzip, brotli }] of Object.entries(files)) {
    console.log(`${file.padEnd(32)}${[raw, gzip, brotli].map((size) => String(size).padStart(9)).join("")}`);
  }
}
