// Reads which modules of the crate a Rust file names. Knows as much of the language as that needs: comments, strings, tests
// and nested `use` lists. cargo-modules would do this from the compiler's view, but takes longer to compile than all other
// tools together.

/**
 * @typedef {object} Source
 * @property {string} module for example `crate::hit::queue`
 * @property {string} file
 * @property {string} code without comments, strings and tests; line numbers are those of the file
 *
 * @typedef {{ path: string, line: number, isReexport: boolean }} Path absolute, from `crate`
 */

/** @param {string} text */
const blank = (text) => text.replace(/[^\n]/g, " ");

const commentOrLiteral =
  /\/\/.*|\/\*[\s\S]*?\*\/|\br(#*)"[\s\S]*?"\1|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\.[^']*)'/g;

/**
 * @param {string} code
 * @param {number} start of an item
 * @returns {number} its end: behind its `;` or its block
 */
function itemEnd(code, start) {
  let depth = 0;
  for (let index = start; index < code.length; index++) {
    if (code[index] === "{") depth++;
    if (code[index] === "}") depth--;
    if (depth === 0 && (code[index] === "}" || code[index] === ";")) return index + 1;
  }
  return code.length;
}

/** @param {string} code */
function withoutTests(code) {
  const start = code.indexOf("#[cfg(test)]");
  if (start < 0) return code;
  const end = itemEnd(code, start);
  return withoutTests(code.slice(0, start) + blank(code.slice(start, end)) + code.slice(end));
}

/**
 * @param {string} file from the crate's root, for example `src/hit/queue/mod.rs`
 * @param {string} text
 * @returns {Source}
 */
export function parseSource(file, text) {
  const parts = file.slice("src/".length, -".rs".length).split("/");
  if (["mod", "lib"].includes(parts.at(-1) ?? "")) parts.pop();
  return {
    file,
    module: ["crate", ...parts].join("::"),
    code: withoutTests(text.replace(commentOrLiteral, blank)),
  };
}

/**
 * @param {string} list what stands between the braces of a `use`
 * @returns {string[]}
 */
function splitList(list) {
  let depth = 0;
  return list
    .replace(/[{},]/g, (sign) => {
      if (sign === "{") depth++;
      if (sign === "}") depth--;
      return sign === "," && depth === 0 ? "\n" : sign;
    })
    .split("\n");
}

/**
 * `super::{a, b::{self, c}}` → `super::a`, `super::b`, `super::b::c`
 * @param {string} tree
 * @returns {string[]}
 */
export function expandUse(tree) {
  const text = tree.replace(/\s+as\s+\w+/g, "").replace(/\s+/g, "");
  const brace = text.indexOf("{");
  if (brace < 0) return text === "" ? [] : [text.replace(/::(self|\*)$/, "")];
  const prefix = text.slice(0, brace);
  return splitList(text.slice(brace + 1, text.lastIndexOf("}"))).flatMap((part) =>
    expandUse(part).map((path) => (path === "self" ? prefix.slice(0, -"::".length) : prefix + path)),
  );
}

/**
 * @param {string} path
 * @param {string} module where it is written
 */
function absolute(path, module) {
  const segments = path.split("::");
  const base = module.split("::");
  if (segments[0] === "crate") return path;
  if (segments[0] === "self") segments.shift();
  for (; segments[0] === "super"; segments.shift()) base.pop();
  return [...base, ...segments].join("::");
}

/**
 * The paths into this crate that a file names, in `use` items and elsewhere.
 * @param {Source} source
 * @param {ReadonlySet<string>} modules of the crate
 * @returns {Path[]}
 */
export function pathsOf({ code, module }, modules) {
  const isLocal = (/** @type {string} */ path) => {
    const first = path.split("::")[0] ?? "";
    return ["crate", "self", "super"].includes(first) || modules.has(`${module}::${first}`);
  };
  const lineAt = (/** @type {number} */ index) => code.slice(0, index).split("\n").length;
  /** @type {Path[]} */
  const paths = [];
  const rest = code.replace(
    /\b(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/g,
    (item, visibility, tree, /** @type {number} */ index) => {
      for (const path of expandUse(tree).filter(isLocal)) {
        paths.push({
          path: absolute(path, module),
          line: lineAt(index),
          isReexport: visibility !== undefined,
        });
      }
      return blank(item);
    },
  );
  for (const { 0: path, index } of rest.matchAll(/(?<![\w:])[a-z_]\w*(?:::\w+)+/g)) {
    if (isLocal(path)) paths.push({ path: absolute(path, module), line: lineAt(index), isReexport: false });
  }
  return paths;
}
