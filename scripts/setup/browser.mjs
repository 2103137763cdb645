// Installs Chromium with apt-get when no browser for the tests is found; elsewhere it says how to install one.
import { readFileSync } from "node:fs";
import { findBrowser } from "../lib/find-browser.mjs";
import { ask, Failure, run, say } from "../lib/run.mjs";

export async function installBrowser() {
  if (findBrowser()) return;
  const apt = aptGet();
  if (apt) {
    say("installing Chromium with apt-get");
    const [command, ...args] = apt;
    await run(command, [...args, "update"]).catch(() =>
      say("apt-get update failed; continuing with the package lists that are there"),
    );
    await run(command, [...args, "install", "-y", "--no-install-recommends", aptPackage()]);
    if (findBrowser()) return;
  }
  throw new Failure(
    `The tests need Chromium, Chrome or Edge: install one (${advice()}), or set CHROMIUM to the path of its executable.`,
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

function aptPackage() {
  const isUbuntu = /^ID=ubuntu$/m.test(readFileSync("/etc/os-release", "utf8"));
  return isUbuntu ? "chromium-browser" : "chromium";
}

function advice() {
  if (process.platform === "darwin") return "brew install --cask google-chrome";
  if (process.platform === "win32") return "winget install Google.Chrome";
  if (ask("apt-get", ["--version"])) return `sudo apt-get install ${aptPackage()}`;
  return "with your package manager";
}
