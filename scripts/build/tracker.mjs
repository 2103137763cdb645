// Builds the tracker's core: compiles Rust to WebAssembly, shrinks the module, and trims the glue of wasm-bindgen.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { buildIfChanged } from "../lib/build-cache.mjs";
import { root, run, runInstalled, say } from "../lib/run.mjs";
import { needWasmBindgen, wasmBindgenVersion } from "../lib/tools.mjs";
import { functionOrderFile, reorder } from "./function-order.mjs";
import { exportUse, trimGlue, usedExports } from "./trim-glue.mjs";

const compiled = "target/tracker/wasm32-unknown-unknown/release/afterhit.wasm";
const out = "build/tracker";

/** @param {string} file */
const at = (file) => join(root, out, file);

const rustFlags = [
  // Do not duplicate loop headers: saves 150 bytes gzipped.
  "-Cllvm-args=-rotation-max-header-size=0",
  // Reference types would add a table, and the JavaScript that manages it.
  "-Ctarget-feature=-reference-types",
  // rustc reserves 1 MB of stack by default; with 32 KB, stack and data fit into one page of memory (64 KB).
  "-Clink-arg=-zstack-size=32768",
  // src/page/guard.js restores it after an error.
  "-Clink-arg=--export=__stack_pointer",
  // Paths in panic messages would differ between machines.
  `--remap-path-prefix=${process.env.CARGO_HOME ?? join(homedir(), ".cargo")}=`,
];

// Chosen by measurement. --all-features generates a module that V8 rejects. --low-memory-unused is correct because the first KB
// of memory is the end of the stack.
const optimisations = ["--low-memory-unused", "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"];

export async function buildTracker() {
  say("compiling the tracker (Rust to WebAssembly)");
  const features = ["--no-default-features", "--features", "tracker"];
  const target = ["--target", "wasm32-unknown-unknown", "--target-dir", "target/tracker"];
  await run("cargo", ["rustc", "--release", "--lib", "--crate-type", "cdylib", ...target, ...features], {
    env: { CARGO_ENCODED_RUSTFLAGS: rustFlags.join("\x1f") },
  });

  const files = {
    inputs: [compiled, "src/page", "package-lock.json", "scripts/build"],
    outputs: ["core.js", "exports.json", "afterhit.wasm", "afterhit_named.wasm", "afterhit_short.wasm"].map(
      (file) => `${out}/${file}`,
    ),
    values: wasmBindgenVersion(),
  };
  await buildIfChanged("tracker", files, bindAndShrink);
}

async function bindAndShrink() {
  say("generating the glue (wasm-bindgen) and shrinking the module (wasm-opt)");
  rmSync(at(""), { recursive: true, force: true });
  mkdirSync(at("steps"), { recursive: true });
  writeFileSync(at("steps/compiled.wasm"), withoutReferenceTypes(readFileSync(join(root, compiled))));
  await bind("steps/compiled.wasm");
  const glue = readFileSync(at("bound/afterhit.js"), "utf8");

  // Without the skip, both runs would give data segments the same names.
  const first = ["-g", "--skip-pass=memory-packing", ...optimisations];
  await wasmOpt("bound/afterhit_bg.wasm", "steps/optimised.wasm", first);
  const used = await usedExports(trimGlue(glue, namesIn("steps/optimised.wasm")));
  used.push(...exportsUsedByPage());
  await keepExports("steps/optimised.wasm", "steps/kept.wasm", used);
  blankPanicMessages("steps/kept.wasm");
  await wasmOpt("steps/kept.wasm", "afterhit_named.wasm", ["-g", "-Oz"]);
  const names = await shortenNames("afterhit_named.wasm", "afterhit_short.wasm");
  writeFileSync(at("afterhit.wasm"), reordered("afterhit_short.wasm", "afterhit_named.wasm"));
  writeFileSync(at("core.js"), trimGlue(glue, names));
  writeFileSync(at("exports.json"), JSON.stringify(Object.fromEntries(names.exports)));
}

/** The modules in src/page call exports directly, without glue. */
function exportsUsedByPage() {
  const folder = join(root, "src/page");
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  return sources.flatMap((source) => [...source.matchAll(exportUse)].map(([, name = ""]) => name));
}

/**
 * The standard library is compiled with reference types, which makes wasm-bindgen use them in the whole module. In the list of
 * target features `+` marks a used feature and `-` a disallowed one.
 * @param {Buffer} module
 */
function withoutReferenceTypes(module) {
  const feature = module.indexOf("+\x0freference-types");
  if (feature >= 0) module.write("-", feature);
  return module;
}

/** @param {string} from */
function bind(from) {
  const output = [
    "--out-dir",
    at("bound"),
    "--out-name",
    "afterhit",
    "--no-typescript",
    "--remove-producers-section",
  ];
  const loading = ["--target", "web", "--omit-default-module-path", "--encode-into", "always"];
  return run(needWasmBindgen("wasm-bindgen"), [...loading, ...output, at(from)]);
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string[]} passes
 */
function wasmOpt(from, to, passes) {
  return runInstalled("binaryen/bin/wasm-opt", [at(from), ...passes, "-o", at(to)], { quiet: true });
}

/**
 * Fills panic messages and source paths with zeros, which compress well: a panic traps and never shows them.
 * @param {string} file
 */
function blankPanicMessages(file) {
  const texts =
    /(?:\/rustc\/|registry\/src\/)[ -~]+?\.rs|capacity overflow|Tried to shrink to a larger capacity|closure invoked [a-z ]+/g;
  const module = readFileSync(at(file)).toString("latin1");
  writeFileSync(
    at(file),
    Buffer.from(
      module.replace(texts, (text) => "\0".repeat(text.length)),
      "latin1",
    ),
  );
}

/**
 * Removes all other exports, which only parts of the glue used that were trimmed, and what is unreachable without them.
 * @param {string} from
 * @param {string} to
 * @param {string[]} names
 */
async function keepExports(from, to, names) {
  const graph = names.map((name) => ({ name, export: name, root: true }));
  writeFileSync(at("steps/graph.json"), JSON.stringify(graph));
  const options = ["-g", "--graph-file", at("steps/graph.json"), "-o", at(to)];
  await runInstalled("binaryen/bin/wasm-metadce", [at(from), ...options], { quiet: true });
}

/**
 * Shortens the names of imports and exports to a letter, in the module and in the glue.
 * @param {string} from
 * @param {string} to
 */
async function shortenNames(from, to) {
  const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
  const printed = await wasmOpt(from, to, [...strip, "--minify-imports-and-exports-and-modules"]);
  /** @type {{ imports: [string, string, string][], exports: [string, string][] }} */
  const { imports, exports } = JSON.parse(printed);
  return {
    imports: imports.map(([module, name, short]) => ({ module, name, short })),
    exports: new Map(exports),
  };
}

/**
 * @param {string} file
 * @param {string} named the same module with its names
 */
function reordered(file, named) {
  const { module, unknown } = reorder(readFileSync(at(file)), readFileSync(at(named)));
  if (unknown.length > 0)
    say(`warning: ${functionOrderFile} names functions that do not exist: ${unknown.join(", ")}`);
  return module;
}

/** @param {string} file */
function namesIn(file) {
  const compiled = new WebAssembly.Module(readFileSync(at(file)));
  const imports = WebAssembly.Module.imports(compiled).map(({ module, name }) => ({
    module,
    name,
    short: name,
  }));
  return { imports, exports: new Map() };
}
