// Checks the values of command-line flags, which `parseArgs` gives as text.
import { Failure } from "./run.mjs";

/**
 * @param {string} text
 * @param {string} flag with its dashes, for example `--rounds`
 */
export function positiveInteger(text, flag) {
  if (/^\d+$/.test(text) && Number(text) > 0 && Number.isSafeInteger(Number(text))) return Number(text);
  throw new Failure(`${flag} must be a positive integer, got "${text}".`);
}
