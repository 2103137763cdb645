// Running commands: what they print goes to the terminal as it comes, and a failure ends the script in one sentence.
import { execFileSync, spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Something the user can do something about: shown without a stack trace. */
export class Failure extends Error {}

/** @param {string} text */
export function say(text) {
  console.log(`afterhit: ${text}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string, quiet?: boolean }} [options] quiet: output only on failure
 * @returns {Promise<string>} what it wrote to stdout, when quiet
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
 * What a command says on stdout, or undefined when it is not there or fails.
 * @param {string} command
 * @param {string[]} args
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

/** A command that npm installed, started without a shell so that it works on every platform.
 * @param {string} path below node_modules
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runInstalled(path, args, options) {
  return run(process.execPath, [`${root}/node_modules/${path}`, ...args], options);
}

/**
 * npm itself. Under `npm start` it says where it is, which spares a shell on Windows.
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function npm(args, options) {
  const path = process.env.npm_execpath;
  return path?.endsWith(".js") ? run(process.execPath, [path, ...args], options) : run("npm", args, options);
}

/**
 * The frame of every script here.
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
