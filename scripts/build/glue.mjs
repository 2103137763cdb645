// What wasm-bindgen writes for every loader and every browser, cut down to what this one loader needs.
import { transform } from "esbuild";
import { Failure } from "../lib/run.mjs";
import { helpers, shorter, superseded } from "./helpers.mjs";

/**
 * What the module imports and exports after wasm-opt.
 * @typedef {object} Names
 * @property {{ module: string, name: string, short: string }[]} imports
 * @property {Map<string, string>} exports short names by long ones
 */

/** How hands name an export of the module. */
export const coreUse = /\bcore\.(?!js)(\w+)/g;

/** The module under whose name it looks for its imports once names are short. */
const importsFrom = "a";

/**
 * A module that exports `start(bytes)`, which gives the exports of the module: they take and give numbers.
 * @param {string} source what wasm-bindgen wrote (--target web)
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
  let imports = { ${importsFrom}: { ${imports.join(",\n")} } };
  return (wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports);
}
`;
  for (const [pattern, short] of shorter) glue = glue.replace(pattern, short);
  glue = withoutForwarders(glue);
  return glue.replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${names.exports.get(name) ?? name}`);
}

/**
 * The functions between the module and the hands, by the names of the module.
 * @param {string} source
 */
function importedFunctions(source) {
  const object = source.match(/^ {4}const import0 = \{\n {8}__proto__: null,\n([\s\S]*?)^ {4}};$/m)?.[1];
  if (object === undefined) throw unknownShape("the object of imports");
  const entries = object.split(/^(?= {8}\w+: )/m).filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [, name = "", body = ""] = entry.match(/^ {8}(\w+): ([\s\S]*),\n$/) ?? [];
      return [name, body];
    }),
  );
}

/**
 * A hand that takes and gives nothing but numbers is imported as it is.
 * @param {string} source
 * @param {string} module
 * @param {string} name
 */
function directImport(source, module, name) {
  const hands = source.split(`${JSON.stringify(module)}: `)[1]?.match(/^import\d+/)?.[0];
  if (!hands) throw unknownShape(`the import ${name} from ${module}`);
  return `${hands}.${name}`;
}

/**
 * A function that only hands its parameters on is replaced by the one that it calls.
 * @param {string} glue
 */
function withoutForwarders(glue) {
  return glue.replace(/function\(([\w, ]*)\) \{\s*(?:return )?(\w+)\(\1\);\s*\}/g, "$2");
}

/**
 * The exports of the module that the glue uses.
 * @param {string} glue
 */
export async function usedExports(glue) {
  const { code } = await transform(glue, { format: "esm", treeShaking: true });
  return [...new Set([...code.matchAll(/\bwasm\.(\w+)/g)].map((match) => /** @type {string} */ (match[1])))];
}

/** @param {string} what */
function unknownShape(what) {
  return new Failure(
    `scripts/build/glue.mjs does not know ${what} that this wasm-bindgen writes ` +
      "(build/tracker/bound/afterhit.js): it was written for 0.2.130.",
  );
}
