// The module's text becomes bytes again and is started, at once: `s_gi` must be there when the script tag has run.
import { start } from "afterhit:core";
import { install } from "../page/api.js";

const bytes = () => {
  const text = WASM_TEXT.split(ZERO_SIGN).join("\0");
  WASM_TEXT = "";
  // In any other encoding a byte above 127 is more than one character.
  if (text.length != WASM_LENGTH) {
    throw "this file was not read as UTF-8: serve it with its byte order mark";
  }
  // Measured: a loop over the characters takes as long as compiling the module does; new browsers need none.
  const maker = /** @type {any} */ (Uint8Array);
  const module = maker.fromBase64
    ? maker.fromBase64(btoa(text))
    : maker.from(text, (/** @type {string} */ sign) => sign.charCodeAt(0));
  for (const place of ZERO_PLACES) module[place] = ZERO_CODE;
  return module;
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
