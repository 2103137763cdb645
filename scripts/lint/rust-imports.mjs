// Checks the architecture of the Rust code: no cycles among modules, nothing of the browser in the core (src/hit).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSource, pathsOf } from "./rust-source.mjs";

/**
 * @typedef {import("./rust-source.mjs").Source} Source
 * @typedef {{ to: string, file: string, line: number }} Import
 * @typedef {Map<string, Import[]>} Graph the imports of each module
 */

/** What modules below `from` must not name: other modules of this crate, or other crates. */
const rules = [
  {
    from: "crate::hit",
    modules: ["crate::tracker", "crate::inspect"],
    crates: ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "std"],
    advice:
      "src/hit decides without a browser and without std: pass the fact in as an argument and return what is to be " +
      "done, or move this code to src/tracker.",
  },
  {
    from: "crate::inspect",
    modules: ["crate::tracker"],
    crates: [],
    advice: "The inspector reads hits where no tracker runs: move what both need to src/hit.",
  },
  {
    from: "crate::tracker",
    modules: ["crate::inspect"],
    crates: ["std"],
    advice: "The tracker ships to pages, without std and without the inspector: use core, alloc and src/hit.",
  },
];

/** @param {string} folder @returns {Source[]} tests left out */
function readSources(folder) {
  return readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" })
    .map((name) => `src/${name.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".rs") && !/\/tests(\/|\.rs$)/.test(file))
    .sort()
    .map((file) => parseSource(file, readFileSync(join(folder, file), "utf8")));
}

/** @param {Source[]} sources @returns {Graph} */
function graphOf(sources) {
  const modules = new Set(sources.map(({ module }) => module));
  const named = sources.map((source) => ({ source, paths: pathsOf(source, modules) }));
  const moduleOf = (/** @type {string} */ path) => {
    let module = path;
    while (!modules.has(module)) module = module.slice(0, module.lastIndexOf("::"));
    return module;
  };
  // `pub use text::Text` in a parent makes `super::Text` an import of `text`, not of the parent.
  const reexports = new Map(
    named.flatMap(({ source, paths }) =>
      paths
        .filter(({ isReexport }) => isReexport)
        .map(({ path }) => [source.module + path.slice(path.lastIndexOf("::")), path]),
    ),
  );
  return new Map(
    named.map(({ source, paths }) => [
      source.module,
      paths
        .filter(({ isReexport }) => !isReexport)
        .map(({ path, line }) => ({ to: moduleOf(reexports.get(path) ?? path), file: source.file, line }))
        .filter(({ to }) => to !== source.module),
    ]),
  );
}

/**
 * @param {Graph} graph
 * @param {string} start
 * @returns {Import[] | undefined} the shortest way from a module back to itself
 */
function shortestCycle(graph, start) {
  /** @type {Import[][]} */
  const queue = (graph.get(start) ?? []).map((first) => [first]);
  const seen = new Set();
  for (const path of queue) {
    const { to } = /** @type {Import} */ (path.at(-1));
    if (to === start) return path;
    if (seen.has(to)) continue;
    seen.add(to);
    queue.push(...(graph.get(to) ?? []).map((next) => [...path, next]));
  }
  return undefined;
}

/** @param {Graph} graph @returns {string[]} the shortest cycle of each module, each once */
function cyclesIn(graph) {
  /** @type {Map<string, string>} */
  const reports = new Map();
  for (const module of graph.keys()) {
    const cycle = shortestCycle(graph, module);
    const members = cycle?.map(({ to }) => to) ?? [];
    const key = [...members].sort().join();
    if (!cycle || reports.has(key)) continue;
    const names = [module, ...members].map((name) => name.replace(/^crate::/, ""));
    const lines = cycle.map(({ to, file, line }) => `  ${file}:${line} uses ${to}`);
    reports.set(key, [`cycle: ${names.join(" → ")}`, ...lines].join("\n"));
  }
  return [...reports.values()];
}

/** @param {string} module @param {string} ancestor */
const isWithin = (module, ancestor) => module === ancestor || module.startsWith(`${ancestor}::`);

/** @param {Source[]} sources @param {Graph} graph */
function violationsIn(sources, graph) {
  return rules.flatMap(({ from, modules, crates, advice }) =>
    sources
      .filter(({ module }) => isWithin(module, from))
      .flatMap(({ module, code, file }) => {
        const imports = (graph.get(module) ?? []).filter(({ to }) =>
          modules.some((one) => isWithin(to, one)),
        );
        const lines = imports.map(({ to, line }) => `${file}:${line} uses ${to}. ${advice}`);
        const named = code.split("\n").flatMap((text, index) => {
          const name = crates.find((crate) => new RegExp(`(?<![\\w:])${crate}\\b`).test(text));
          return name ? [`${file}:${index + 1} uses ${name}. ${advice}`] : [];
        });
        return [...lines, ...named];
      }),
  );
}

/**
 * @param {string} folder of the crate
 * @returns {string[]} what is wrong, one text for each complaint
 */
export function checkRustImports(folder) {
  const sources = readSources(folder);
  const graph = graphOf(sources);
  return [...cyclesIn(graph), ...violationsIn(sources, graph)];
}
