// Reads the recorded scenarios in this folder. README.md describes their keys and how to add one.
import { readdirSync, readFileSync } from "node:fs";

/**
 * @typedef {object} Page
 * @property {string} [before] HTML before the library's script tag
 * @property {string} [setup] script after it
 * @property {string} [title]
 * @property {string} [body]
 *
 * @typedef {object} Step what to do; of several keys, in the order they have here
 * @property {string} [goto]
 * @property {string} [referer] of goto
 * @property {string} [run] the body of a function in the page
 * @property {string} [click] a selector
 * @property {number} [wait] milliseconds
 * @property {number} [requests] wait for this many requests since the scenario began
 * @property {number} [within] longest wait for `requests`, in milliseconds
 * @property {false} [settle] do not wait until requests have stopped
 *
 * @typedef {object} ServiceResponse what a service other than the collector answers
 * @property {unknown} [data] as JSON, or as the argument of the function that the query names in `callback` or `d_cb`
 * @property {string} [script] as JavaScript
 * @property {true} [recorded] its requests are recorded like hits
 *
 * @typedef {object} Request
 * @property {string} method
 * @property {string} host
 * @property {string} path
 * @property {string} [query]
 * @property {string} [body]
 *
 * @typedef {object} Recording what a library did
 * @property {Request[]} requests
 * @property {string[]} log
 * @property {string[]} [console] what the scripts have written there
 * @property {Record<string, string>} [cookies]
 * @property {string[]} [errors]
 *
 * @typedef {object} ScenarioParts
 * @property {string} name
 * @property {true} [difference] afterhit differs here on purpose: see tests/e2e/differences-recorded.test.mjs
 * @property {Partial<Record<import("../../scripts/lib/find-browser.mjs").BrowserName, string>>} [notIn] browsers in which it
 *   is not played, with the reason: AppMeasurement does something else there, too
 * @property {Record<string, string>} [cookies] set before the first page loads
 * @property {Record<string, Page>} [pages] by path
 * @property {string[]} [collector] what it answers, by request; the last one holds for all that follow
 * @property {("fid" | "ts" | "lrt")[]} [keep] parameters that are compared as they are
 * @property {Record<string, ServiceResponse>} [responses] by path; a hit that has one is answered so instead of by an image
 * @property {string[]} [random] parameters whose values are random
 * @property {string[]} [expectCookies] names of the cookies to compare; `*` for all
 * @property {true} [expectConsole] whether to compare what is written to the console
 * @property {Step[]} steps
 * @property {Recording} expect what AppMeasurement did
 *
 * @typedef {Page & ScenarioParts} Scenario
 */

/**
 * @param {URL} [folder] with a slash at its end
 * @returns {{ file: string, scenarios: Scenario[] }[]}
 */
export function readScenarios(folder = new URL("./", import.meta.url)) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((file) => ({ file, scenarios: JSON.parse(readFileSync(new URL(file, folder), "utf8")).scenarios }));
}
