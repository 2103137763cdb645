// Cuts the JavaScript glue that wasm-bindgen generates for any loader and browser down to what our loader needs.
import { transform } from "esbuild";
import { Failure } from "../lib/run.mjs";
import { helpers, shorter, superseded } from "./glue-replacements.mjs";

/**
 * The imports and exports of the module after wasm-opt.
 * @typedef {object} Names
 * @property {{ module: string, name: string, short: string }[]} imports
 * @property {Map<string, string>} exports long names to short ones
 */

/** A use of one of the module's exports in src/page. */
export const exportUse = /\bcore\.(?!js)(\w+)/g;

/** The name that wasm-opt gives to the module of all imports when it shortens names. */
const importModule = "a";

/**
 * A JavaScript module that exports `start(bytes)`, which instantiates the wasm module and returns its raw exports.
 * @param {string} source the glue of wasm-bindgen (--target web)
 * @param {Names} names
 */
export function trimGlue(source, names) {
  const functions = importedFunctions(source);
  const imports = names.imports.map(({ module, name, short }) => {
    const body = functions.get(name) ?? directImport(source, module, name);
    return `${JSON.stringify(short)}: ${body}`;
  });

  let glue = source.replace(/^function __wbg_get_imports\(\) \{[\s\S]*?^}$/m, "");
  glue = glue.slice(0, glue.indexOf("let wasmModule, wasmInstance, wasm;"));
  for (const pattern of superseded) glue = glue.replace(pattern, "");
  for (const [name, short] of Object.entries(helpers)) {
    glue = glue.replace(new RegExp(`^function ${name}\\([\\s\\S]*?^}$`, "m"), () => short);
  }
  glue += `
let wasm;
export function start(bytes) {
  let imports = { ${importModule}: { ${imports.join(",\n")} } };
  return (wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports);
}
`;
  for (const [pattern, short] of shorter) glue = glue.replace(pattern, short);
  glue = withoutForwarders(glue);
  return glue.replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${names.exports.get(name) ?? name}`);
}

/**
 * The bodies of the glue functions that the module imports, by their names.
 * @param {string} source
 */
function importedFunctions(source) {
  const object = source.match(/^ {4}const import0 = \{\n {8}__proto__: null,\n([\s\S]*?)^ {4}};$/m)?.[1];
  if (object === undefined) throw unexpectedGlue("The object of imports");
  const entries = object.split(/^(?= {8}\w+: )/m).filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [, name = "", body = ""] = entry.match(/^ {8}(\w+): ([\s\S]*),\n$/) ?? [];
      return [name, body];
    }),
  );
}

/**
 * A host function whose parameters and result are numbers needs no glue: it is imported directly.
 * @param {string} source
 * @param {string} module
 * @param {string} name
 */
function directImport(source, module, name) {
  const binding = source.split(`${JSON.stringify(module)}: `)[1]?.match(/^import\d+/)?.[0];
  if (!binding) throw unexpectedGlue(`The import ${name} from ${module}`);
  return `${binding}.${name}`;
}

/**
 * Replaces functions that only pass their parameters on by the function that they call.
 * @param {string} glue
 */
function withoutForwarders(glue) {
  return glue.replace(/function\(([\w, ]*)\) \{\s*(?:return )?(\w+)\(\1\);\s*\}/g, "$2");
}

/**
 * The names of the exports that the glue uses.
 * @param {string} glue
 */
export async function usedExports(glue) {
  const { code } = await transform(glue, { format: "esm", treeShaking: true });
  return [...new Set([...code.matchAll(/\bwasm\.(\w+)/g)].map((match) => /** @type {string} */ (match[1])))];
}

/** @param {string} what */
function unexpectedGlue(what) {
  return new Failure(
    `${what} was not found in build/tracker/bound/afterhit.js: ` +
      "scripts/build/trim-glue.mjs is written for the glue of wasm-bindgen 0.2.130.",
  );
}
