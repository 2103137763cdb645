// The exports of the Rust core, for the hands that call back into it.

/** @type {import("./types.d.ts").Core} */
export let core;

/** @param {import("./types.d.ts").Core} exports */
export const attach = (exports) => {
  core = exports;
};
