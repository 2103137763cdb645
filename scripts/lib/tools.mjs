// Finds the tools that the build needs besides Rust and Node.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, Failure, root } from "./run.mjs";

const exe = process.platform === "win32" ? ".exe" : "";

/** The folder in which `cargo install --root` puts what this project needs. */
export const toolsFolder = join(root, ".tools");

/** The version of the wasm-bindgen crate, which the command must have as well. */
export function wasmBindgenVersion() {
  const lock = join(root, "Cargo.lock");
  if (!existsSync(lock)) ask("cargo", ["generate-lockfile"]);
  const found = readFileSync(lock, "utf8").match(/name = "wasm-bindgen"\r?\nversion = "([^"]+)"/)?.[1];
  if (!found)
    throw new Failure(
      "Cargo.lock does not contain wasm-bindgen: restore Cargo.toml and Cargo.lock from git.",
    );
  return found;
}

/**
 * A command of the wasm-bindgen-cli package in the version of Cargo.lock: from PATH, else from .tools.
 * @param {"wasm-bindgen" | "wasm-bindgen-test-runner"} name
 */
export function findWasmBindgen(name) {
  const version = wasmBindgenVersion();
  const candidates = [name, join(toolsFolder, "bin", name + exe)];
  return candidates.find((command) => ask(command, ["--version"])?.split(" ").includes(version));
}

/** @param {Parameters<typeof findWasmBindgen>[0]} name */
export function needWasmBindgen(name) {
  const command = findWasmBindgen(name);
  if (command) return command;
  throw new Failure(`${name} ${wasmBindgenVersion()} is missing: run \`node scripts/setup.mjs\`.`);
}
