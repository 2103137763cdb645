/**
 * Decodes requests into named variables with the Rust decoder (src/inspect), a WebAssembly module of its own.
 *
 * @typedef {import("../types.js").Decoded} Decoded
 * @typedef {{ default: () => Promise<unknown>, decode: (url: string, body?: string) => Decoded }} Module
 * @typedef {{ decoded: Decoded } | { problem: string }} Reading
 */

const MODULE_URL = new URL("/dist/inspect/afterhit.js", location.href).href;

/** @returns {Promise<(url: string, body: string) => Reading>} */
export async function loadDecoder() {
  try {
    /** @type {Module} */
    const { default: init, decode } = await import(MODULE_URL);
    await init();
    return (url, body) => {
      try {
        return { decoded: decode(url, body) };
      } catch (error) {
        return { problem: `This request cannot be decoded: ${messageOf(error)}` };
      }
    };
  } catch (error) {
    const problem = `The decoder did not load, so requests are shown undecoded: ${messageOf(error)}`;
    return () => ({ problem });
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
