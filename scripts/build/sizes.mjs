// What the files weigh, as they are and as servers send them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { root } from "../lib/run.mjs";

const shipped = [
  "dist/afterhit.js",
  "dist/afterhit.mjs",
  "build/tracker/afterhit.wasm",
  "dist/inspect/afterhit_bg.wasm",
];

/** @param {Uint8Array} bytes */
export function sizes(bytes) {
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length };
}

export function printSizes() {
  const rows = shipped
    .filter((file) => existsSync(join(root, file)))
    .map((file) => ({ file, ...sizes(readFileSync(join(root, file))) }));
  console.log(`${"".padEnd(32)}${["bytes", "gzip", "brotli"].map((name) => name.padStart(9)).join("")}`);
  for (const { file, raw, gzip, brotli } of rows) {
    console.log(`${file.padEnd(32)}${[raw, gzip, brotli].map((size) => String(size).padStart(9)).join("")}`);
  }
}
