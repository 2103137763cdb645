// The module's text becomes bytes again and is started, at once: `s_gi` must be there when the script tag has run.
import { start } from "afterhit:core";
import { install } from "../page/tracker.js";

const bytes = () => {
  const text = WASM_TEXT;
  const bytes = new Uint8Array(WASM_LENGTH);
  let seen = 0;
  for (let i = 0; i < WASM_LENGTH; i++) {
    seen |= bytes[i] = text.charCodeAt(i) ^ WASM_MASK;
  }
  if (seen > 255 || text.length != WASM_LENGTH) {
    throw "this file was not read as UTF-8: serve it with its byte order mark";
  }
  return bytes;
};

/** Stands for each function of the core and for what it returns: a function, or a number that says "none". */
const nothing = Object.assign(() => /** @type {any} */ (nothing), { valueOf: () => -1 });

/** The tracker's functions; where WebAssembly is refused they are there too, and do nothing. */
export const load = () => {
  let core;
  try {
    core = start(bytes());
  } catch (error) {
    console.warn("afterhit sends nothing:", error);
    core = new Proxy(/** @type {any} */ ({}), { get: () => nothing });
  }
  return install(core);
};
