// The tracker's core: Rust to WebAssembly, made small, and the JavaScript that wasm-bindgen writes for it.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { root, run, runInstalled, say } from "../lib/run.mjs";
import { ifChanged } from "../lib/stamp.mjs";
import { needWasmBindgen, wasmBindgenVersion } from "../lib/tools.mjs";
import { arrange, arrangementFile } from "./arrangement.mjs";
import { coreUse, trimGlue, usedExports } from "./glue.mjs";

const compiled = "target/tracker/wasm32-unknown-unknown/release/afterhit.wasm";
const out = "build/tracker";

/** @param {string} file */
const at = (file) => join(root, out, file);

const rustFlags = [
  // Loops whose heads are not copied: 150 bytes gzipped.
  "-Cllvm-args=-rotation-max-header-size=0",
  // They would put a table and its JavaScript into every page.
  "-Ctarget-feature=-reference-types",
  // rustc's own 1 MB would be memory of every page; with this, stack and data fit into the first 64 KB.
  "-Clink-arg=-zstack-size=32768",
  // The same bytes on every machine.
  `--remap-path-prefix=${process.env.CARGO_HOME ?? join(homedir(), ".cargo")}=`,
];

// Chosen by measurement; --all-features writes a module that V8 refuses. In the first KB of memory is the end of the stack.
const optimisations = ["--low-memory-unused", "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"];

export async function buildTracker() {
  say("compiling the tracker (Rust to WebAssembly)");
  const features = ["--no-default-features", "--features", "tracker"];
  const target = ["--target", "wasm32-unknown-unknown", "--target-dir", "target/tracker"];
  await run("cargo", ["rustc", "--release", "--lib", "--crate-type", "cdylib", ...target, ...features], {
    env: { CARGO_ENCODED_RUSTFLAGS: rustFlags.join("\x1f") },
  });

  const made = {
    inputs: [
      compiled,
      "src/page",
      "package-lock.json",
      arrangementFile,
      ...["tracker", "glue", "helpers", "arrangement", "parts", "bytes", "wasm"].map(
        (name) => `scripts/build/${name}.mjs`,
      ),
    ],
    outputs: ["core.js", "exports.json", "afterhit.wasm", "afterhit_named.wasm", "afterhit_short.wasm"].map(
      (file) => `${out}/${file}`,
    ),
    values: wasmBindgenVersion(),
  };
  await ifChanged("tracker", made, bindAndShrink);
}

async function bindAndShrink() {
  say("binding it to JavaScript (wasm-bindgen) and making it small (wasm-opt)");
  rmSync(at(""), { recursive: true, force: true });
  mkdirSync(at("steps"), { recursive: true });
  writeFileSync(at("steps/compiled.wasm"), withoutReferenceTypes(readFileSync(join(root, compiled))));
  await bind("steps/compiled.wasm");
  const glue = readFileSync(at("bound/afterhit.js"), "utf8");

  // The names of data segments that this pass gives would collide in the second run.
  const first = ["-g", "--skip-pass=memory-packing", ...optimisations];
  await wasmOpt("bound/afterhit_bg.wasm", "steps/optimised.wasm", first);
  const used = await usedExports(trimGlue(glue, namesIn("steps/optimised.wasm")));
  used.push(...exportsThatHandsUse());
  await keepExports("steps/optimised.wasm", "steps/kept.wasm", used);
  blankPanicTexts("steps/kept.wasm");
  await wasmOpt("steps/kept.wasm", "afterhit_named.wasm", ["-g", "-Oz"]);
  const names = await shortenNames("afterhit_named.wasm", "afterhit_short.wasm");
  const module = arrange(readFileSync(at("afterhit_short.wasm")), readFileSync(at("afterhit_named.wasm")));
  writeFileSync(at("afterhit.wasm"), module);
  writeFileSync(at("core.js"), trimGlue(glue, names));
  writeFileSync(at("exports.json"), JSON.stringify(Object.fromEntries(names.exports)));
}

/** Hands call the exports of the module as they are. */
function exportsThatHandsUse() {
  const folder = join(root, "src/page");
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  return sources.flatMap((source) => [...source.matchAll(coreUse)].map(([, name = ""]) => name));
}

/**
 * Rust's own libraries are compiled with reference types, which wasm-bindgen takes for the wish of the whole module.
 * In the list of features `+` says that one is used and `-` that it must not be.
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
 * A panic ends in a trap that says nothing: what it would have said takes no room when it is blank.
 * @param {string} file
 */
function blankPanicTexts(file) {
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
 * Some exports serve only JavaScript that the trimmed glue no longer has.
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
 * The names with their hashes stand in the module and in the script: a letter each does as well.
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
