// Runs test commands, shows what they print, and counts the tests that passed and failed.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Failure, root } from "../lib/run.mjs";

/** @typedef {{ passed: number, failed: number, ok: boolean }} Counts `ok`: the command succeeded */

const countsFile = join(root, "build/test-counts.json");

/**
 * Runs Node's tests; count-reporter.mjs counts them.
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<Counts>}
 */
export async function runNodeTests(args, env) {
  mkdirSync(dirname(countsFile), { recursive: true });
  writeFileSync(countsFile, '{ "passed": 0, "failed": 0 }');
  const reporters = ["spec", "./scripts/test/count-reporter.mjs"].flatMap((reporter) => [
    `--test-reporter=${reporter}`,
    "--test-reporter-destination=stdout",
  ]);
  const { ok } = await runShown(process.execPath, ["--test", ...reporters, ...args], {
    ...env,
    COUNTS_FILE: countsFile,
  });
  return { ...JSON.parse(readFileSync(countsFile, "utf8")), ok };
}

/**
 * Runs cargo's tests. On stable Rust, the summary lines are all there is to count by.
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<Counts>}
 */
export async function runCargoTests(args, env = {}) {
  const { output, ok } = await runShown("cargo", ["test", ...args], env);
  const counts = { passed: 0, failed: 0, ok };
  for (const [, passed, failed] of output.matchAll(/^test result: .*?(\d+) passed; (\d+) failed/gm)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
  }
  return counts;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<{ output: string, ok: boolean }>} `output` without colours
 */
function runShown(command, args, env) {
  // Tools do not colour what goes into a pipe unless told to.
  const colours = process.stdout.isTTY ? { FORCE_COLOR: "1", CARGO_TERM_COLOR: "always" } : {};
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...colours, ...env },
      stdio: ["inherit", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on("error", (error) => reject(new Failure(`${command} could not be started: ${error.message}`)));
    child.on("close", (code) => resolve({ output: stripVTControlCharacters(output), ok: code === 0 }));
  });
}
