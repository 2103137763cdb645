// What the build (scripts/build/bundle.mjs) defines for the entry points.

declare module "afterhit:core" {
  /** Instantiates the module and returns its exports. */
  export function start(bytes: Uint8Array): import("../page/types.d.ts").Core;
}

/** The module, one character from U+0000 to U+00FF for each byte; zeros are replaced by a character that needs no escape. */
declare let WASM_TEXT: string;
/** The character that replaces zeros. */
declare const ZERO_CHARACTER: string;
/** Its code. */
declare const ZERO_CHARACTER_CODE: number;
/** Where the module has this byte itself. */
declare const ZERO_CHARACTER_INDICES: number[];
/** The length of the module in bytes. */
declare const WASM_LENGTH: number;
