// Finds the browsers that tests, faults and benchmarks run in. Imports only what comes with Node, because it runs before the
// npm packages are installed.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ask, Failure } from "./run.mjs";

/** @typedef {"chromium" | "firefox" | "webkit"} BrowserName */

/** Chromium is what everything runs in; the others run the tests that `npm test` has a step of their own for. */
export const browserNames = /** @type {const} */ (["chromium", "firefox", "webkit"]);

/** @type {Record<BrowserName, string[]>} */
const commands = {
  chromium: [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
  ],
  firefox: ["firefox-esr", "firefox"],
  // WebKitGTK's driver knows the browser that it starts.
  webkit: ["WebKitWebDriver"],
};

/** What a person would call each of them. @type {Record<BrowserName, string>} */
const titles = { chromium: "Chromium, Chrome or Edge", firefox: "Firefox", webkit: "WebKitGTK's driver" };

/** WebKitGTK needs a display; this one shows nothing. */
const DISPLAY_SERVER = "Xvfb";

/**
 * Every combination of a folder and a path in it; folders that are not set are left out.
 * @param {(string | undefined)[]} folders
 * @param {string[]} paths
 */
const combine = (folders, paths) =>
  folders.flatMap((folder) => (folder ? paths.map((path) => join(folder, path)) : []));

/**
 * Where installers put browsers that are not on PATH.
 * @param {BrowserName} name
 * @returns {string[]}
 */
function usualPaths(name) {
  const { env, platform } = process;
  if (platform === "darwin") {
    return combine(
      ["/Applications", env.HOME && join(env.HOME, "Applications")],
      {
        chromium: [
          "Google Chrome.app/Contents/MacOS/Google Chrome",
          "Chromium.app/Contents/MacOS/Chromium",
          "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        ],
        firefox: ["Firefox.app/Contents/MacOS/firefox"],
        webkit: [],
      }[name],
    );
  }
  if (platform === "win32") {
    return combine(
      [env.ProgramFiles, env["ProgramFiles(x86)"], env.LocalAppData],
      {
        chromium: [
          "Google/Chrome/Application/chrome.exe",
          "Chromium/Application/chrome.exe",
          "Microsoft/Edge/Application/msedge.exe",
        ],
        firefox: ["Mozilla Firefox/firefox.exe"],
        webkit: [],
      }[name],
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
 * Ubuntu has a `chromium-browser` and a `firefox` that only ask for the snap to be installed. WebKit's driver has no
 * `--version`, and is no such script.
 * @param {string} path
 */
const isInstalled = (path) => path.endsWith("WebKitWebDriver") || ask(path, ["--version"]) !== undefined;

/**
 * The environment variables CHROMIUM, FIREFOX and WEBKIT, a path or a command, take precedence.
 * @param {BrowserName} [name]
 * @returns {string | undefined} the path of the executable
 */
export function findBrowser(name = "chromium") {
  const variable = name.toUpperCase();
  const wanted = process.env[variable];
  if (wanted) {
    const path = existsSync(wanted) ? wanted : pathsOf(wanted)[0];
    if (path) return path;
    throw new Failure(`${variable} must be the path of ${titles[name]}, got "${wanted}".`);
  }
  if (name === "webkit" && pathsOf(DISPLAY_SERVER).length === 0) return undefined;
  return commands[name].flatMap(pathsOf).find(isInstalled) ?? usualPaths(name).find(existsSync);
}

/** @param {BrowserName} [name] */
export function requireBrowser(name = "chromium") {
  const browser = findBrowser(name);
  if (browser) return browser;
  throw new Failure(`${titles[name]} was not found: run \`node scripts/setup.mjs --browser ${name}\`.`);
}

/** The browser that the tests run in: what the environment variable TEST_BROWSER names, or Chromium. */
export function testBrowser() {
  return asBrowserName(process.env.TEST_BROWSER || "chromium", "TEST_BROWSER");
}

/**
 * @param {string} text
 * @param {string} source of the text
 * @returns {BrowserName}
 */
export function asBrowserName(text, source) {
  const name = browserNames.find((one) => one === text);
  if (name) return name;
  throw new Failure(`${source} must be ${browserNames.join(", ")}, got "${text}".`);
}
