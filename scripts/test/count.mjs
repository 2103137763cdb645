// Runs a command that tests, shows what it prints, and counts what it says has passed and failed.
import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { Failure, root } from "../lib/run.mjs";

/** @typedef {{ passed: number, failed: number, ok: boolean }} Counts */

// cargo's and wasm-bindgen's summary, then that of node --test.
const passes = /^test result: .*?(\d+) passed|^ℹ pass (\d+)/gm;
const failures = /^test result: .*?(\d+) failed|^ℹ fail (\d+)/gm;

/**
 * @param {string} output
 * @param {RegExp} pattern
 */
function sum(output, pattern) {
  return [...output.matchAll(pattern)].reduce((total, [, cargo, node]) => total + Number(cargo ?? node), 0);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<Counts>}
 */
export function countTests(command, args, env = {}) {
  // Through a pipe the tools would leave out their colours.
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
    child.on("close", (code) => {
      const plain = stripVTControlCharacters(output);
      resolve({ passed: sum(plain, passes), failed: sum(plain, failures), ok: code === 0 });
    });
  });
}
