// The other libraries that pages load beside a tracker: Adobe's own, from a folder, and our stand-ins for them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { COMPANIONS } from "../../tests/wire/site.mjs";

/** The folder of a folder of companions that may hold Adobe's plug-ins. */
const PLUG_INS = "plug-ins";
/** Its documentation gives the code of a plug-in first. */
const FIRST_CODE = /^```js\n(.*?)^```/ms;

/**
 * @param {string} folder
 * @returns {import("../../tests/wire/site.mjs").Files}
 */
export function readCompanions(folder) {
  const files = readScripts(folder);
  const plugIns = join(folder, PLUG_INS);
  if (!existsSync(plugIns)) return files;
  for (const [name, script] of Object.entries({ ...readPages(plugIns), ...readScripts(plugIns) }))
    files[`${PLUG_INS}/${name}`] = script;
  return files;
}

/** @param {string} folder */
function readScripts(folder) {
  const names = readdirSync(folder).filter((name) => extname(name) === ".js");
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/**
 * The plug-ins on pages of Adobe's documentation, as scripts of the same name.
 * @param {string} folder
 */
function readPages(folder) {
  const pages = readdirSync(folder).filter((name) => extname(name) === ".md");
  return Object.fromEntries(
    pages.map((name) => {
      const [, code = ""] = FIRST_CODE.exec(readFileSync(join(folder, name), "utf8")) ?? [];
      return [name.replace(/md$/, "js"), Buffer.from(code)];
    }),
  );
}

/**
 * The companions that a scenario's pages load.
 * @param {import("../../tests/wire/scenarios.mjs").Scenario} scenario
 */
export function namesIn(scenario) {
  const found = JSON.stringify(scenario).matchAll(new RegExp(`${COMPANIONS}([\\w./-]+)`, "g"));
  return [...new Set([...found].map(([, name = ""]) => name))];
}
