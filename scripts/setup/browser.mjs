// Installs browsers that the tests need and that are not found with apt-get; elsewhere it says how to install Chromium,
// without which nothing runs.
import { readFileSync } from "node:fs";
import { findBrowser } from "../lib/find-browser.mjs";
import { ask, Failure, run, say } from "../lib/run.mjs";

/** @typedef {import("../lib/find-browser.mjs").BrowserName} BrowserName */

/** @param {readonly BrowserName[]} wanted */
export async function installBrowsers(wanted) {
  const missing = wanted.filter((name) => !findBrowser(name));
  const apt = missing.length > 0 ? aptGet() : undefined;
  if (apt) await installWith(apt, missing.flatMap(aptPackages));
  if (!wanted.includes("chromium") || findBrowser()) return;
  throw new Failure(
    `The tests need Chromium, Chrome or Edge: install one (${advice()}), or set CHROMIUM to the path of its executable.`,
  );
}

/**
 * @param {[string, ...string[]]} apt
 * @param {string[]} packages
 */
async function installWith([command, ...args], packages) {
  say(`installing ${packages.join(", ")} with apt-get`);
  await run(command, [...args, "update"]).catch(() =>
    say("apt-get update failed; continuing with the package lists that are there"),
  );
  await run(command, [...args, "install", "-y", "--no-install-recommends", ...packages]).catch((error) =>
    say(error.message),
  );
}

/**
 * The command for apt-get, if it can run without asking for a password.
 * @returns {[string, ...string[]] | undefined}
 */
function aptGet() {
  if (!ask("apt-get", ["--version"])) return undefined;
  if (process.getuid?.() === 0) return ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  if (ask("sudo", ["-n", "true"]) === undefined) return undefined;
  return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
}

/** @param {BrowserName} name */
function aptPackages(name) {
  const isUbuntu = /^ID=ubuntu$/m.test(readFileSync("/etc/os-release", "utf8"));
  return {
    chromium: [isUbuntu ? "chromium-browser" : "chromium"],
    firefox: [isUbuntu ? "firefox" : "firefox-esr"],
    webkit: ["webkit2gtk-driver", "xvfb"],
  }[name];
}

function advice() {
  if (process.platform === "darwin") return "brew install --cask google-chrome";
  if (process.platform === "win32") return "winget install Google.Chrome";
  if (ask("apt-get", ["--version"])) return `sudo apt-get install ${aptPackages("chromium")}`;
  return "with your package manager";
}
