// The npm packages, exactly those of package-lock.json.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, say } from "../lib/run.mjs";

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */

/**
 * @param {string} file
 * @returns {Packages}
 */
function packagesIn(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : {};
}

/** npm writes down what it has installed; packages for other platforms are in the lock file only. */
function areInstalled() {
  const { "": _project, ...wanted } = packagesIn("package-lock.json");
  const installed = packagesIn("node_modules/.package-lock.json");
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    installed[path] ? installed[path].version === version : optional,
  );
}

export async function installPackages() {
  if (areInstalled()) return;
  say("installing the npm packages of package-lock.json");
  const args = ["ci", "--no-audit", "--no-fund"];
  // Under `npm start` npm says where it is, which spares a shell on Windows.
  const npm = process.env.npm_execpath;
  await (npm?.endsWith(".js") ? run(process.execPath, [npm, ...args]) : run("npm", args));
}
