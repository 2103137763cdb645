// Checks Rust, and installs its WebAssembly target and the wasm-bindgen command.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, Failure, root, run, say } from "../lib/run.mjs";
import { findWasmBindgen, toolsFolder, wasmBindgenVersion } from "../lib/tools.mjs";

const TARGET = "wasm32-unknown-unknown";

export async function installTarget() {
  const version = ask("cargo", ["--version"])?.split(" ")[1];
  if (!version) throw new Failure(adviceForCargo());
  const pinned = readFileSync(join(root, "rust-toolchain.toml"), "utf8").match(/channel = "(.+)"/)?.[1];
  if (version !== pinned) {
    say(`Rust is ${version}, not ${pinned}: files may be larger than their budgets in tests/budgets.json`);
  }
  const libraries = ask("rustc", ["--print", "target-libdir", "--target", TARGET]);
  if (libraries && existsSync(libraries)) return;
  if (!ask("rustup", ["--version"])) {
    throw new Failure(
      `Rust's target ${TARGET} is missing, and so is rustup, which adds it: install Rust from https://rustup.rs.`,
    );
  }
  say(`adding Rust's target ${TARGET}`);
  await run("rustup", ["target", "add", TARGET]);
}

/** With rustup, cargo fails when the toolchain of rust-toolchain.toml is neither installed nor downloadable. */
function adviceForCargo() {
  return ask("rustup", ["--version"])
    ? "cargo could not be started: run `rustup toolchain install` in this folder and see what it says."
    : "cargo was not found: install Rust from https://rustup.rs, then open a new terminal.";
}

export async function installWasmBindgen() {
  if (findWasmBindgen("wasm-bindgen") && findWasmBindgen("wasm-bindgen-test-runner")) return;
  const version = wasmBindgenVersion();
  say(`compiling wasm-bindgen ${version} into .tools (only once; about four minutes)`);
  const options = ["--version", version, "--force", "--root", toolsFolder];
  await run("cargo", ["install", "wasm-bindgen-cli", ...options]);
}
