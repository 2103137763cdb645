// Rust's WebAssembly target and the wasm-bindgen command.
import { existsSync } from "node:fs";
import { ask, Failure, run, say } from "../lib/run.mjs";
import { findWasmBindgen, toolsFolder, wasmBindgenVersion } from "../lib/tools.mjs";

const target = "wasm32-unknown-unknown";

export async function installTarget() {
  if (!ask("cargo", ["--version"])) {
    throw new Failure("cargo is not there: install Rust from https://rustup.rs, then open a new terminal.");
  }
  const libraries = ask("rustc", ["--print", "target-libdir", "--target", target]);
  if (libraries && existsSync(libraries)) return;
  if (!ask("rustup", ["--version"])) {
    throw new Failure(
      `This Rust lacks ${target} and has no rustup to add it: install Rust from https://rustup.rs.`,
    );
  }
  say(`adding Rust's target ${target}`);
  await run("rustup", ["target", "add", target]);
}

export async function installWasmBindgen() {
  if (findWasmBindgen("wasm-bindgen") && findWasmBindgen("wasm-bindgen-test-runner")) return;
  const version = wasmBindgenVersion();
  say(`compiling wasm-bindgen ${version} into .tools (once; about four minutes)`);
  const options = ["--version", version, "--force", "--root", toolsFolder];
  await run("cargo", ["install", "wasm-bindgen-cli", ...options]);
}
