// Runs commands. Their output goes to the terminal as it comes; a failure ends the script with one sentence.
import { execFileSync, spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** An error that the user can correct: shown without a stack trace. */
export class Failure extends Error {}

/** @param {string} text */
export function say(text) {
  console.log(`afterhit: ${text}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string, quiet?: boolean }} [options] `quiet`: shows output only on failure
 * @returns {Promise<string>} its stdout if quiet, otherwise nothing
 */
export function run(command, args, { env = {}, cwd = root, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    let output = "";
    let errors = "";
    child.stdout?.on("data", (data) => (output += data));
    child.stderr?.on("data", (data) => (errors += data));
    child.on("error", (error) => reject(new Failure(`${command} could not be started: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(output);
      const shown = [command, ...args].join(" ");
      reject(
        new Failure(`${errors || output}\`${shown}\` failed (${signal ?? `exit code ${code}`}).`.trim()),
      );
    });
  });
}

/**
 * Runs a command for its output.
 * @param {string} command
 * @param {string[]} args
 * @returns {string | undefined} its trimmed stdout, or undefined if it cannot be started or fails
 */
export function ask(command, args) {
  try {
    return execFileSync(command, args, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

/**
 * Runs a command that npm installed, without a shell, which works on every platform.
 * @param {string} path in node_modules
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runInstalled(path, args, options) {
  return run(process.execPath, [`${root}/node_modules/${path}`, ...args], options);
}

/**
 * Runs npm. Started by npm, a script knows the path of its program, which needs no shell on Windows.
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function npm(args, options) {
  const path = process.env.npm_execpath;
  return path?.endsWith(".js") ? run(process.execPath, [path, ...args], options) : run("npm", args, options);
}

/**
 * Runs a script, and reports a Failure.
 * @param {() => Promise<unknown>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`\nafterhit: ${error.message}`);
    process.exitCode = 1;
  }
}
