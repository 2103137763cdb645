// Builds the inspector: the WebAssembly module with which the demo parses hits.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildIfChanged } from "../lib/build-cache.mjs";
import { root, run, runInstalled, say } from "../lib/run.mjs";
import { needWasmBindgen, wasmBindgenVersion } from "../lib/tools.mjs";

const compiled = "target/inspect/wasm32-unknown-unknown/release/afterhit.wasm";
const out = "dist/inspect";

export async function buildInspect() {
  say("compiling the inspector (Rust to WebAssembly)");
  const features = ["--no-default-features", "--features", "inspect"];
  const target = ["--target", "wasm32-unknown-unknown", "--target-dir", "target/inspect"];
  await run("cargo", ["rustc", "--release", "--lib", "--crate-type", "cdylib", ...target, ...features]);

  const files = {
    inputs: [compiled, "package-lock.json", "scripts/build/inspect.mjs"],
    outputs: [`${out}/afterhit.js`, `${out}/afterhit_bg.wasm`],
    values: wasmBindgenVersion(),
  };
  await buildIfChanged("inspect", files, async () => {
    say("generating the glue (wasm-bindgen) and shrinking the module (wasm-opt)");
    rmSync(join(root, out), { recursive: true, force: true });
    mkdirSync(join(root, out), { recursive: true });
    await run(needWasmBindgen("wasm-bindgen"), [
      "--target",
      "web",
      "--remove-producers-section",
      "--out-dir",
      out,
      compiled,
    ]);
    const wasm = join(root, out, "afterhit_bg.wasm");
    await runInstalled("binaryen/bin/wasm-opt", [wasm, "-Oz", "--strip-debug", "-o", wasm]);
  });
}
