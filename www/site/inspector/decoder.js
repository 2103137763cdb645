/**
 * Reads a request back into named variables: the Rust decoder (src/inspect), in a WebAssembly module of its own.
 *
 * @typedef {import("../types.js").Decoded} Decoded
 * @typedef {{ default: () => Promise<unknown>, decode: (url: string, body?: string) => Decoded }} Module
 * @typedef {{ decoded: Decoded } | { problem: string }} Reading
 */

const MODULE = new URL("/dist/inspect/afterhit.js", location.href).href;

/** @returns {Promise<(url: string, body: string) => Reading>} */
export async function loadDecoder() {
  try {
    /** @type {Module} */
    const { default: init, decode } = await import(MODULE);
    await init();
    return (url, body) => {
      try {
        return { decoded: body ? decode(url, body) : decode(url) };
      } catch (error) {
        return { problem: `This request cannot be read: ${words(error)}` };
      }
    };
  } catch (error) {
    const problem = `The decoder did not load, so requests are shown as they are: ${words(error)}`;
    return () => ({ problem });
  }
}

/** @param {unknown} error */
function words(error) {
  return error instanceof Error ? error.message : String(error);
}
