// Measures the built files: raw and compressed, as servers send them.
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

/** Options with which pako compresses like gzip; Node's zlib is Chromium's fork, whose matches are worse. */
export const zlib = { level: 9, legacyHash: true };

/** @param {Uint8Array} bytes @returns {Sizes} */
export function sizes(bytes) {
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return { raw: bytes.length, gzip: gzip(bytes, zlib).length, brotli: brotli.length };
}

/** The sizes of the files that have been built. @returns {Record<string, Sizes>} */
export function measureFiles() {
  const built = shipped.filter((file) => existsSync(join(root, file)));
  return Object.fromEntries(built.map((file) => [file, sizes(readFileSync(join(root, file)))]));
}

export function printSizes(files = measureFiles()) {
  console.log(`${"".padEnd(32)}${["bytes", "gzip", "brotli"].map((name) => name.padStart(9)).join("")}`);
  for (const [file, { raw, gzip, brotli }] of Object.entries(files)) {
    console.log(`${file.padEnd(32)}${[raw, gzip, brotli].map((size) => String(size).padStart(9)).join("")}`);
  }
}
