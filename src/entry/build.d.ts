// What scripts/build puts in.

declare module "afterhit:core" {
  /** Compiles and starts the module, and gives the functions that Rust exports. */
  export function start(bytes: Uint8Array): import("../page/types.d.ts").Core;
}

/** The module, a character U+0000 to U+00FF for each byte; zeros are written as a sign that needs no escape. */
declare let WASM_TEXT: string;
/** That sign … */
declare const ZERO_SIGN: string;
/** … its code … */
declare const ZERO_CODE: number;
/** … and where it stands for itself. */
declare const ZERO_PLACES: number[];
/** Its length in bytes. */
declare const WASM_LENGTH: number;

interface Window {
  s_gi: ReturnType<typeof import("../page/api.js").install>["s_gi"];
  AppMeasurement: ReturnType<typeof import("../page/api.js").install>["AppMeasurement"];
}
