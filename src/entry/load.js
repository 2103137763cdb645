// Decodes the embedded module and starts it. All of it is synchronous: `s_gi` must exist when the script tag has run.
import { start } from "afterhit:core";
import { install } from "../page/api.js";
import { guard } from "../page/guard.js";

const decodeModule = () => {
  const text = WASM_TEXT.split(ZERO_CHARACTER).join("\0");
  WASM_TEXT = "";
  // In another encoding, bytes above 127 become other characters or several.
  if (text.length != WASM_LENGTH) {
    throw "this file was not read as UTF-8: serve it with its byte order mark";
  }
  // Converting character by character takes as long as compiling the module (measured), so it is only the fallback.
  const array = /** @type {any} */ (Uint8Array);
  const module = array.fromBase64
    ? array.fromBase64(btoa(text))
    : array.from(text, (/** @type {string} */ character) => character.charCodeAt(0));
  for (const index of ZERO_CHARACTER_INDICES) module[index] = ZERO_CHARACTER_CODE;
  return module;
};

/** Replaces every function of the core and its result: callable, and as a number -1, which means "none". */
const nothing = Object.assign(() => /** @type {any} */ (nothing), { valueOf: () => -1 });

/** Returns the public functions; they do nothing where WebAssembly is not allowed. */
export const load = () => {
  let core;
  try {
    core = guard(start(decodeModule()));
  } catch (error) {
    console.warn("afterhit sends nothing:", error);
    core = new Proxy(/** @type {any} */ ({}), { get: () => nothing });
  }
  return install(core);
};
