// The other libraries that pages load beside a tracker: Adobe's own, from a folder, and our stand-ins for them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMPANIONS } from "../../tests/wire/site.mjs";

/**
 * @param {string} folder
 * @returns {import("../../tests/wire/site.mjs").Files}
 */
export function readCompanions(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/**
 * The companions that a scenario's pages load.
 * @param {import("../../tests/wire/scenarios.mjs").Scenario} scenario
 */
export function namesIn(scenario) {
  const found = JSON.stringify(scenario).matchAll(new RegExp(`${COMPANIONS}([\\w.-]+)`, "g"));
  return [...new Set([...found].map(([, name = ""]) => name))];
}
