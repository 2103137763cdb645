// Bundles the files that pages load: an entry point, src/page, the glue and the embedded module in one file each.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { buildIfChanged } from "../lib/build-cache.mjs";
import { root, say } from "../lib/run.mjs";
import { stringLiteral, substituteForZero } from "./embed-wasm.mjs";
import { exportUse } from "./trim-glue.mjs";

const core = join(root, "build/tracker/core.js");
const module = join(root, "build/tracker/afterhit.wasm");

// The first browsers with the WebAssembly features that rustc uses (bulk memory, sign extension). Older versions of Chrome
// cannot compile a module of this size synchronously.
const target = ["chrome91", "firefox79", "safari15"];

/**
 * The string with the module comes first in both: there a parser reads it only once.
 * @type {{ entry: string, out: string, wrap: (code: string, text: string) => string }[]}
 */
const files = [
  {
    entry: "script.js",
    out: "afterhit.js",
    // The byte order mark makes the script UTF-8 on a page of any encoding. The function keeps our names and strict mode out
    // of the page, and of other scripts in a concatenated file; one before ours may lack its last semicolon. With the module
    // before the code, the names at its end are close enough to their uses for gzip to find (130 bytes). Parentheses around
    // a function tell parsers that it is called immediately.
    wrap: (code, text) => `\ufeff;[${text}].map((function(WASM_TEXT){"use strict";${code}}));\n`,
  },
  { entry: "module.js", out: "afterhit.mjs", wrap: (code, text) => `let WASM_TEXT=${text};${code}\n` },
];

export async function bundle() {
  const cached = {
    inputs: [
      "build/tracker/core.js",
      "build/tracker/afterhit.wasm",
      "build/tracker/exports.json",
      "src/page",
      "src/entry",
      "scripts/build",
    ],
    outputs: [...files.map(({ out }) => `dist/${out}`), "dist/afterhit.d.ts"],
  };
  await buildIfChanged("bundle", cached, async () => {
    say("bundling dist/afterhit.js and dist/afterhit.mjs");
    mkdirSync(join(root, "dist"), { recursive: true });
    const bytes = readFileSync(module);
    const zero = substituteForZero(bytes);
    for (const { entry, out, wrap } of files) {
      const code = await bundleEntry(entry, bytes.length, zero);
      writeFileSync(join(root, "dist", out), wrap(code, stringLiteral(bytes, zero)));
    }
    writeFileSync(join(root, "dist/afterhit.d.ts"), readFileSync(join(root, "src/entry/afterhit.d.ts")));
  });
}

/**
 * @param {string} entry
 * @param {number} length of the module in bytes
 * @param {ReturnType<typeof substituteForZero>} zero
 */
async function bundleEntry(entry, length, zero) {
  const result = await build({
    entryPoints: [join(root, "src/entry", entry)],
    bundle: true,
    write: false,
    format: "esm",
    target,
    charset: "utf8",
    legalComments: "none",
    define: {
      WASM_LENGTH: String(length),
      ZERO_CHARACTER: JSON.stringify(zero.character),
      ZERO_CHARACTER_CODE: String(zero.code),
      ZERO_CHARACTER_INDICES: JSON.stringify(zero.indices),
    },
    plugins: [{ name: "afterhit", setup: resolveCore }],
  });
  const bundled = /** @type {import("esbuild").OutputFile} */ (result.outputFiles[0]).text;
  // inline: 1 because inlining functions that are called once makes the file larger after compression (measured).
  const compress = { passes: 4, inline: 1, unsafe_arrows: true, unsafe_methods: true };
  const { code = "" } = await minify(bundled, { ecma: 2020, module: true, compress });
  return code;
}

/**
 * Resolves `afterhit:core` to the trimmed glue. The glue imports copies of the modules in src/page: the originals are used
 * instead, so that entry points and glue share them. Their calls of exports get the short names.
 * @param {import("esbuild").PluginBuild} build
 */
function resolveCore(build) {
  build.onResolve({ filter: /^afterhit:core$/ }, () => ({ path: core }));
  build.onResolve({ filter: /^\.\/snippets\// }, ({ path }) => {
    const original = path.match(/^\.\/snippets\/afterhit-[0-9a-f]+\/(src\/page\/.+)$/)?.[1];
    return { path: original ? join(root, original) : join(dirname(core), "bound", path) };
  });
  const exported = JSON.parse(readFileSync(join(root, "build/tracker/exports.json"), "utf8"));
  build.onLoad({ filter: /[\\/]src[\\/]page[\\/]\w+\.js$/ }, ({ path }) => {
    const source = readFileSync(path, "utf8");
    return { contents: source.replace(exportUse, (_, name) => `core.${exported[name]}`) };
  });
}
