// What scripts/build puts in.

declare module "afterhit:core" {
  /** Compiles and starts the module, and gives the functions that Rust exports. */
  export function start(bytes: Uint8Array): import("../page/types.d.ts").Core;
}

/** The module, a character U+0000 to U+00FF for each byte. */
declare let WASM_TEXT: string;
/** Its length in bytes. */
declare const WASM_LENGTH: number;

interface Window {
  s_gi: ReturnType<typeof import("../page/tracker.js").install>["s_gi"];
  AppMeasurement: ReturnType<typeof import("../page/tracker.js").install>["AppMeasurement"];
}
