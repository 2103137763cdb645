// A Chromium and the chromedriver that fits it, for the tests.
import { readFileSync } from "node:fs";
import { findBrowser } from "../lib/browser.mjs";
import { ask, Failure, run, say } from "../lib/run.mjs";

export async function installBrowser() {
  if (findBrowser()) return;
  const apt = aptGet();
  if (apt) {
    say("installing Chromium and its driver with apt-get");
    const [command, ...before] = apt;
    await run(command, [...before, "update"]).catch(() =>
      say("apt-get update failed; trying with what it knows"),
    );
    await run(command, [...before, "install", "-y", "--no-install-recommends", ...aptPackages()]);
    if (findBrowser()) return;
  }
  throw new Failure(
    "The tests need Chromium or Chrome and a chromedriver of the same version: install both " +
      `(${hint()}), or set CHROMIUM and CHROMEDRIVER to their paths.`,
  );
}

/**
 * How apt-get may be run here without asking for a password.
 * @returns {[string, ...string[]] | undefined}
 */
function aptGet() {
  if (!ask("apt-get", ["--version"])) return undefined;
  if (process.getuid?.() === 0) return ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  if (ask("sudo", ["-n", "true"]) === undefined) return undefined;
  return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
}

function aptPackages() {
  const ubuntu = /^ID=ubuntu$/m.test(readFileSync("/etc/os-release", "utf8"));
  return ubuntu ? ["chromium-browser", "chromium-chromedriver"] : ["chromium", "chromium-driver"];
}

function hint() {
  if (process.platform === "darwin") return "brew install --cask google-chrome chromedriver";
  if (process.platform === "win32") return "winget install Google.Chrome Chromium.ChromeDriver";
  if (ask("apt-get", ["--version"])) return `sudo apt-get install ${aptPackages().join(" ")}`;
  return "with your package manager";
}
