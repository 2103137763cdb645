// The checks of `npm run lint`, in the order in which they run.
import { existsSync } from "node:fs";
import { ask, Failure, root, run, runInstalled, say } from "../lib/run.mjs";
import { checkRustImports } from "./rust-imports.mjs";
import { checkVocabulary } from "./vocabulary.mjs";

/** @typedef {{ name: string, check: () => Promise<unknown> }} Check `check` throws a Failure */

const wasm = ["--target", "wasm32-unknown-unknown"];

/** @param {string[]} args */
const clippy = (...args) => run("cargo", ["clippy", ...args, "--", "-D", "warnings"]);

/** @type {Check[]} */
export const checks = [
  { name: "rustfmt", check: () => run("cargo", ["fmt", "--check"]) },
  { name: "clippy, native", check: () => clippy("--all-targets") },
  { name: "clippy, browser tests", check: () => clippy(...wasm, "--all-targets") },
  {
    name: "clippy, tracker",
    check: () => clippy(...wasm, "--no-default-features", "--features", "tracker"),
  },
  {
    name: "clippy, inspector",
    check: () => clippy(...wasm, "--no-default-features", "--features", "inspect"),
  },
  { name: "licences and sources of crates", check: checkCrates },
  {
    name: "biome",
    check: () => runInstalled("@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]),
  },
  { name: "types", check: () => runInstalled("typescript/bin/tsc", ["--project", "tsconfig.json"]) },
  { name: "imports, JavaScript", check: () => checkScriptImports(root) },
  { name: "imports, Rust", check: async () => report(checkRustImports(root)) },
  { name: "vocabulary", check: async () => report(checkVocabulary(root, trackedFiles())) },
];

/** Advisories need a database from the network: the workflow on GitHub checks them as well. */
async function checkCrates() {
  if (ask("cargo", ["deny", "--version"])) {
    await run("cargo", ["deny", "check", "bans", "licenses", "sources"]);
  } else {
    say("skipped, because cargo-deny is not installed (cargo install cargo-deny --locked)");
  }
}

/** @param {string} folder that has the project's layout */
export function checkScriptImports(folder) {
  const options = ["--output-type", "err-long", "--config", `${root}/.dependency-cruiser.mjs`];
  const folders = ["src", "scripts", "www", "tests"];
  return runInstalled("dependency-cruiser/bin/dependency-cruise.mjs", [...options, ...folders], {
    cwd: folder,
    quiet: true,
  });
}

function trackedFiles() {
  const files = ask("git", ["ls-files", "-z"])?.split("\0") ?? [];
  return files.filter((file) => file !== "" && existsSync(`${root}/${file}`));
}

/** @param {string[]} complaints */
function report(complaints) {
  if (complaints.length > 0) throw new Failure(complaints.join("\n"));
}
