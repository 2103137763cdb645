// Finds the Chromium-based browser that tests and benchmarks run in. Imports only what comes with Node, because it runs
// before the npm packages are installed.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ask, Failure } from "./run.mjs";

const commands = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
];

/**
 * Every combination of a folder and a path in it; folders that are not set are left out.
 * @param {(string | undefined)[]} folders
 * @param {string[]} paths
 */
const combine = (folders, paths) =>
  folders.flatMap((folder) => (folder ? paths.map((path) => join(folder, path)) : []));

/** @returns {string[]} where installers put browsers that are not on PATH */
function usualPaths() {
  const { env, platform } = process;
  if (platform === "darwin") {
    return combine(
      ["/Applications", env.HOME && join(env.HOME, "Applications")],
      [
        "Google Chrome.app/Contents/MacOS/Google Chrome",
        "Chromium.app/Contents/MacOS/Chromium",
        "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
      ],
    );
  }
  if (platform === "win32") {
    return combine(
      [env.ProgramFiles, env["ProgramFiles(x86)"], env.LocalAppData],
      [
        "Google/Chrome/Application/chrome.exe",
        "Chromium/Application/chrome.exe",
        "Microsoft/Edge/Application/msedge.exe",
      ],
    );
  }
  return [];
}

/** @param {string} command */
function pathsOf(command) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return combine(folders, [command]).filter(existsSync);
}

/**
 * Ubuntu has a `chromium-browser` that only asks for the snap to be installed.
 * @param {string} path
 */
const isInstalled = (path) => ask(path, ["--version"]) !== undefined;

/**
 * The environment variable CHROMIUM, a path or a command, takes precedence.
 * @returns {string | undefined} the path of the executable
 */
export function findBrowser() {
  const { CHROMIUM: wanted } = process.env;
  if (wanted) {
    const path = existsSync(wanted) ? wanted : pathsOf(wanted)[0];
    if (path) return path;
    throw new Failure(`CHROMIUM must be the path of a Chromium-based browser, got "${wanted}".`);
  }
  return commands.flatMap(pathsOf).find(isInstalled) ?? usualPaths().find(existsSync);
}

export function requireBrowser() {
  const browser = findBrowser();
  if (browser) return browser;
  throw new Failure("No Chromium, Chrome or Edge was found: run `node scripts/setup.mjs --browser`.");
}
