// Installs the npm packages in the versions of package-lock.json.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npm, root, say } from "../lib/run.mjs";

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */

/**
 * @param {string} file
 * @returns {Packages}
 */
function packagesIn(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : {};
}

/** npm lists what it has installed; optional packages for other platforms are in the lock file only. */
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
  await npm(["ci", "--no-audit", "--no-fund"]);
}
