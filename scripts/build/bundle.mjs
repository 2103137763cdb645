// The files that pages load: entry points, hands, glue and the module as text in one file each.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { root, say } from "../lib/run.mjs";
import { ifChanged } from "../lib/stamp.mjs";
import { coreUse } from "./glue.mjs";
import { literal, standInFor } from "./text.mjs";

const core = join(root, "build/tracker/core.js");
const module = join(root, "build/tracker/afterhit.wasm");

// The first browsers that run what rustc writes (bulk memory operations, sign extension); older ones of Chrome's line
// compile nothing of this size synchronously.
const target = ["chrome91", "firefox79", "safari15"];

/**
 * What stands around the code; the text of the module stands at the top, where a parser reads it once.
 * @type {{ entry: string, out: string, around: (code: string, text: string) => string }[]}
 */
const files = [
  {
    entry: "script.js",
    out: "afterhit.js",
    // A byte order mark makes a script UTF-8 on a page of any encoding. The function keeps our names and our strictness
    // out of the page and of what else may stand in the same file; a file before ours may lack its last semicolon. The text
    // comes first: what its end and the code have in common, such as names of variables, is near enough to one another for
    // gzip then (130 bytes). Parentheses around a function tell parsers that it is called at once.
    around: (code, text) => `\ufeff;[${text}].map((function(WASM_TEXT){"use strict";${code}}));\n`,
  },
  { entry: "module.js", out: "afterhit.mjs", around: (code, text) => `let WASM_TEXT=${text};${code}\n` },
];

export async function bundle() {
  const made = {
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
  await ifChanged("bundle", made, async () => {
    say("writing dist/afterhit.js and dist/afterhit.mjs");
    mkdirSync(join(root, "dist"), { recursive: true });
    const bytes = readFileSync(module);
    const zero = standInFor(bytes);
    for (const { entry, out, around } of files) {
      writeFileSync(
        join(root, "dist", out),
        around(await one(entry, bytes.length, zero), literal(bytes, zero)),
      );
    }
    writeFileSync(join(root, "dist/afterhit.d.ts"), readFileSync(join(root, "src/entry/afterhit.d.ts")));
  });
}

/**
 * @param {string} entry
 * @param {number} length of the module
 * @param {ReturnType<typeof standInFor>} zero
 */
async function one(entry, length, zero) {
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
      ZERO_SIGN: JSON.stringify(zero.sign),
      ZERO_CODE: String(zero.code),
      ZERO_PLACES: JSON.stringify(zero.places),
    },
    plugins: [{ name: "afterhit", setup: useCore }],
  });
  const bundled = /** @type {import("esbuild").OutputFile} */ (result.outputFiles[0]).text;
  // Measured: functions that are called once are smaller where they are than put into their caller.
  const compress = { passes: 4, inline: 1, unsafe_arrows: true, unsafe_methods: true };
  const { code = "" } = await minify(bundled, { ecma: 2020, module: true, compress });
  return code;
}

/**
 * The glue imports copies of the hands; taking the originals lets entry points and glue share them. They call the exports
 * of the module by the short names that those have.
 * @param {import("esbuild").PluginBuild} build
 */
function useCore(build) {
  build.onResolve({ filter: /^afterhit:core$/ }, () => ({ path: core }));
  build.onResolve({ filter: /^\.\/snippets\// }, ({ path }) => {
    const hand = path.match(/^\.\/snippets\/afterhit-[0-9a-f]+\/(src\/page\/.+)$/)?.[1];
    return { path: hand ? join(root, hand) : join(dirname(core), "bound", path) };
  });
  const exported = JSON.parse(readFileSync(join(root, "build/tracker/exports.json"), "utf8"));
  build.onLoad({ filter: /[\\/]src[\\/]page[\\/]\w+\.js$/ }, ({ path }) => {
    const source = readFileSync(path, "utf8");
    return { contents: source.replace(coreUse, (_, name) => `core.${exported[name]}`) };
  });
}
