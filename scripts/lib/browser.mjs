// Which Chromium and which chromedriver the tests use.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ask } from "./run.mjs";

const applications = ["/Applications", join(process.env.HOME ?? "", "Applications")];
const programFolders = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].map(
  (name) => process.env[name] ?? "",
);

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const usualPlaces = {
  darwin: applications.flatMap((folder) => [
    join(folder, "Google Chrome.app/Contents/MacOS/Google Chrome"),
    join(folder, "Chromium.app/Contents/MacOS/Chromium"),
  ]),
  win32: programFolders.flatMap((folder) => [
    join(folder, "Google/Chrome/Application/chrome.exe"),
    join(folder, "Chromium/Application/chrome.exe"),
  ]),
};

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** @param {string} command */
function pathOf(command) {
  const [finder, ...args] = process.platform === "win32" ? ["where"] : ["sh", "-c", 'command -v "$0"'];
  const found = ask(/** @type {string} */ (finder), [...args, command])?.split(/\r?\n/)[0];
  return found && existsSync(found) ? found : undefined;
}

/**
 * The first number of what a command says of its version. Chrome on Windows says nothing and opens a window instead.
 * @param {string} path
 */
function majorOf(path) {
  if (path.endsWith("chrome.exe")) return undefined;
  return ask(path, ["--version"])?.match(/(\d+)\.\d+\.\d+/)?.[1];
}

function installedBrowsers() {
  const wanted = process.env.CHROMIUM;
  if (wanted) return [wanted];
  const onPath = names.map(pathOf).filter((path) => path !== undefined);
  return [...onPath, ...(usualPlaces[process.platform] ?? []).filter((path) => existsSync(path))];
}

function installedDrivers() {
  const wanted = process.env.CHROMEDRIVER;
  if (wanted) return [wanted];
  // GitHub's machines name a folder.
  const folder = process.env.CHROMEWEBDRIVER;
  const named = folder
    ? [join(folder, process.platform === "win32" ? "chromedriver.exe" : "chromedriver")]
    : [];
  return [...named, pathOf("chromedriver"), pathOf("chromium.chromedriver")].filter(
    (path) => path !== undefined,
  );
}

/**
 * A browser and a driver that fit each other.
 * @returns {{ chromium: string, chromedriver: string } | undefined}
 */
export function findBrowser() {
  for (const chromium of installedBrowsers()) {
    const version = majorOf(chromium);
    const chromedriver = installedDrivers().find((driver) => !version || majorOf(driver) === version);
    if (chromedriver) return { chromium, chromedriver };
  }
  return undefined;
}
