// Checks the values of command-line flags, which `parseArgs` gives as text.
import { Failure } from "./run.mjs";

/**
 * @param {string} text
 * @param {string} flag with its dashes, for example `--rounds`
 */
export function integer(text, flag) {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new Failure(`${flag} must be an integer that is not negative, got "${text}".`);
}

/**
 * @param {string} text
 * @param {string} flag with its dashes
 */
export function positiveInteger(text, flag) {
  const number = integer(text, flag);
  if (number > 0) return number;
  throw new Failure(`${flag} must be greater than 0.`);
}
