// The exports of the Rust core, for the modules that call into it. The build shortens their names where it finds them
// written as a member of `core`.

/** @type {import("./types.d.ts").Core} */
export let core;

/** @param {import("./types.d.ts").Core} exports */
export const attach = (exports) => {
  core = exports;
};
