// What becomes of an error in the core. Where the stack or the memory ends, code that would clean up does not run either.

import { reportError } from "./calls.js";

/**
 * The exports of the core, made to report an error instead of throwing it. What it leaves behind is put right before the page
 * calls the next one, at the latest when the page's code has ended.
 * @param {any} raw
 */
export const guard = (raw) => {
  /** How many exports are running, one inside the other. */
  let depth = 0;
  let isBroken = false;
  /** @type {any} */
  const core = { __proto__: null, ...raw };
  const top = core.__stack_pointer.value;
  for (const name in raw) {
    if (typeof raw[name] != "function") continue;
    core[name] = (/** @type {number[]} */ ...list) => {
      if (isBroken && !depth) {
        isBroken = false;
        core.__stack_pointer.value = top;
        core.recover();
      }
      depth++;
      try {
        return raw[name](...list);
      } catch (error) {
        isBroken = true;
        setTimeout(core.recover);
        reportError(error, false);
      } finally {
        depth--;
      }
    };
  }
  return core;
};
