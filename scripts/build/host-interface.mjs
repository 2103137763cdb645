// Generates src/page/host-functions.js, the functions that the core calls by index, from the list in src/tracker/host.rs, of
// which Rust makes the indices. The file is checked in, so that builds with other tools (cargo test, wasm-pack) need not run this.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, root } from "../lib/run.mjs";

const SOURCE = "src/tracker/host.rs";
const OUTPUT = "src/page/host-functions.js";

/** The blocks of the list, and the arrays that are made of them. */
const blocks = {
  queries: {
    array: "queries",
    comment: "Read the page.",
    type: "(id: number, text: string) => string | undefined",
  },
  ops: { array: "ops", comment: "Have an effect.", type: "(id: number, text: string, extra: number) => any" },
  services: {
    array: "detectors",
    comment: "Detect the services of a page.",
    type: "(id: number) => boolean",
  },
};

/**
 * @typedef {keyof typeof blocks} Block
 * @typedef {{ rust: string, module: string, export: string }} HostFunction its name in Rust, and where src/page has it
 * @typedef {Record<Block, HostFunction[]>} HostInterface
 */

/** @returns {boolean} whether the file has changed */
export function writeHostFunctions() {
  if (!areHostFunctionsStale()) return false;
  writeFileSync(join(root, OUTPUT), generate());
  return true;
}

export function areHostFunctionsStale() {
  const file = join(root, OUTPUT);
  return !existsSync(file) || readFileSync(file, "utf8") !== generate();
}

const generate = () => renderHostFunctions(parseHostInterface(readFileSync(join(root, SOURCE), "utf8")));

/**
 * Parses `host_functions! { queries { … } ops { … } services { … } }`, with a `name(arguments) -> type => module.export;` per
 * line. The arguments and the type are for Rust only.
 * @param {string} source
 * @param {string} [file] its name in messages
 */
export function parseHostInterface(source, file = SOURCE) {
  const lines = source.split(/\r?\n/).map((line) => line.trim());
  const start = lines.indexOf("host_functions! {");
  if (start < 0) throw new Failure(`${file} has no line "host_functions! {".`);
  /** @type {Partial<HostInterface>} */
  const found = {};
  /** @type {Set<string>} */
  const names = new Set();
  /** @type {HostFunction[] | undefined} */
  let entries;
  for (const [index, line] of lines.entries()) {
    if (index <= start || line === "" || line.startsWith("//")) continue;
    /** @param {string} message */
    const failure = (message) => new Failure(`${file}:${index + 1}: ${message}, got "${line}".`);
    if (entries && line === "}") {
      entries = undefined;
    } else if (entries) {
      const entry = parseEntry(line);
      if (!entry) throw failure('expected "name(arguments) -> type => module.export;"');
      if (names.has(entry.rust)) throw failure("each name may be used only once");
      names.add(entry.rust);
      entries.push(entry);
    } else if (line === "}") {
      return complete(found, file);
    } else {
      const block = /** @type {Block | undefined} */ (
        Object.keys(blocks).find((name) => line === `${name} {`)
      );
      if (!block || found[block])
        throw failure(`expected "}" or one block each of ${Object.keys(blocks).join(", ")}`);
      entries = found[block] = [];
    }
  }
  throw new Failure(`${file}:${start + 1}: "host_functions! {" is not closed.`);
}

/** @param {string} line @returns {HostFunction | undefined} */
function parseEntry(line) {
  const match = line.match(/^(\w+)(?:\([\w, ]*\))?(?: -> \w+)? => ([A-Za-z]\w*)\.([A-Za-z]\w*);$/);
  if (!match) return undefined;
  const [, rust = "", module = "", name = ""] = match;
  return { rust, module, export: name };
}

/** @param {Partial<HostInterface>} found @param {string} file @returns {HostInterface} */
function complete(found, file) {
  const { queries, ops, services } = found;
  if (queries && ops && services) return { queries, ops, services };
  throw new Failure(`${file}: "host_functions!" must have the blocks ${Object.keys(blocks).join(", ")}.`);
}

/** @param {HostInterface} host @returns {string} a JavaScript module */
export function renderHostFunctions(host) {
  const names = /** @type {Block[]} */ (Object.keys(blocks));
  const modules = new Set(names.flatMap((name) => host[name].map(({ module }) => module)));
  const imports = [...modules].sort().map((module) => `import * as ${module} from "./${module}.js";\n`);
  const arrays = names.map((name) => {
    const { array, comment, type } = blocks[name];
    const items = host[name].map((entry) => `  ${entry.module}.${entry.export},\n`);
    return `\n/** ${comment} @type {(${type})[]} */\nexport const ${array} = [\n${items.join("")}];\n`;
  });
  return [
    `// Generated from the list in ${SOURCE}: change it there and run \`npm run build\`.\n`,
    "// biome-ignore-all format: generated\n\n",
    ...imports,
    ...arrays,
  ].join("");
}
