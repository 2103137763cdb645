// The recorded scenarios in this folder; what their keys mean is in README.md of the recordings, in short here.
import { readdirSync, readFileSync } from "node:fs";

/**
 * @typedef {object} Page
 * @property {string} [before] HTML before the library's script tag
 * @property {string} [setup] script after it
 * @property {string} [title]
 * @property {string} [body]
 *
 * @typedef {object} Step done in this order
 * @property {string} [goto]
 * @property {string} [referer] of goto
 * @property {string} [run] the body of a function in the page
 * @property {string} [click] a selector
 * @property {number} [wait] milliseconds
 * @property {number} [requests] wait for so many requests since the scenario began
 * @property {number} [within] milliseconds at most
 * @property {false} [settle] do not wait until nothing more is sent
 *
 * @typedef {object} Request
 * @property {string} method
 * @property {string} host
 * @property {string} path
 * @property {string} [query]
 * @property {string} [body]
 *
 * @typedef {object} Findings what a library did
 * @property {Request[]} requests
 * @property {string[]} log
 * @property {Record<string, string>} [cookies]
 * @property {string[]} [errors]
 *
 * @typedef {object} ScenarioParts
 * @property {string} name
 * @property {true} [difference] afterhit differs here on purpose
 * @property {Record<string, string>} [cookies] set before the first page
 * @property {Record<string, Page>} [pages] by path
 * @property {string[]} [collector] what it answers, by request
 * @property {("fid" | "ts" | "lrt")[]} [keep] not to be normalised
 * @property {string[]} [expectCookies] names of the cookies to compare
 * @property {Step[]} steps
 * @property {Findings} expect
 *
 * @typedef {Page & ScenarioParts} Scenario
 */

const folder = new URL("./", import.meta.url);

/** @returns {{ file: string, scenarios: Scenario[] }[]} */
export function readScenarios() {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((file) => ({ file, scenarios: JSON.parse(readFileSync(new URL(file, folder), "utf8")).scenarios }));
}
