// Finds, without building or running anything, the files that may contain a test of a given name. Titles can be computed,
// so this may find too much; the test runners filter by the full name again.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/run.mjs";

/** Shorter pieces of a computed title occur in any name. */
const MIN_PIECE_LENGTH = 8;

/**
 * @param {string} path a file or a folder
 * @param {string} extension
 * @returns {string[]} paths from the project's root
 */
export function filesIn(path, extension) {
  if (!statSync(join(root, path)).isDirectory()) return path.endsWith(extension) ? [path] : [];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`, extension));
}

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), "utf8");

/**
 * Rust test names are paths, as in `hit::queue::tests::waiting::a_claim_times_out`: every part of `name` must occur in
 * the file or in its path.
 * @param {string} path
 * @param {string} name
 */
export function mayHaveRustTest(path, name) {
  const text = path + read(path);
  return name.split("::").every((part) => text.includes(part));
}

/**
 * A title contains the name, or the name contains a piece of a title that has a computed part.
 * @param {string} path JavaScript or JSON
 * @param {string} name
 */
export function mayHaveNodeTest(path, name) {
  const literals = read(path).match(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return literals.some((literal) => {
    const pieces = literal.slice(1, -1).split(/\$\{[^}]*\}/);
    const isPartOfName = (/** @type {string} */ piece) =>
      piece.length >= MIN_PIECE_LENGTH && name.includes(piece);
    return pieces.some((piece) => piece.includes(name)) || (pieces.length > 1 && pieces.some(isPartOfName));
  });
}
