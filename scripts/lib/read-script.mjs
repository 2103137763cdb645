// Reads a script that a command was given by a flag.
import { existsSync, readFileSync } from "node:fs";
import { Failure } from "./run.mjs";

/**
 * @param {string} file
 * @param {string} advice what to do if it does not exist
 */
export function readScript(file, advice) {
  if (!existsSync(file)) throw new Failure(`${file} does not exist: ${advice}.`);
  return readFileSync(file);
}
