// What the core imports: the host functions, all of them behind `query` and `op`, and the few that pass JavaScript values.
// Strings cross as UTF-8 in the memory of the module.

import * as callbacks from "./callbacks.js";
import { reportError } from "./calls.js";
import { core } from "./core.js";
import { detectors, ops, queries } from "./host-functions.js";
import { keepAnswer } from "./mailbox.js";
import { setDetectors } from "./services.js";
import { utf8 } from "./utf8.js";

export { callbackFunction } from "./callbacks.js";
export { reportError, requestUrl } from "./calls.js";
export { watchImage } from "./network.js";

setDetectors(detectors);

const { encoder, decoder } = utf8();

/** The memory of the module; when it grows, this view becomes empty. */
let memory = new Uint8Array();

/** @param {number} start @param {number} length */
const bytes = (start, length) => {
  if (!memory.length) memory = new Uint8Array(core.memory.buffer);
  return memory.subarray(start, start + length);
};

/** @param {number} [start] @param {number} [length] */
const decode = (start, length) => (length ? decoder.decode(bytes(start ?? 0, length)) : "");

/**
 * Errors are shown and do not end the tracking call: some host functions run services and objects of the page. A refusal of
 * the browser, such as cookies in a sandboxed frame, is not worth showing.
 * @param {((id: number, text: string, further: number) => any)[]} functions @param {number} index
 * @param {number} id @param {string} text @param {number} further @returns {any}
 */
const call = (functions, index, id, text, further) => {
  try {
    const answer = /** @type {any} */ (functions[index])(id, text, further);
    // What the page has answered may throw even now.
    return functions == ops ? answer | 0 : `${answer ?? ""}`;
  } catch (error) {
    if (!(error instanceof DOMException)) reportError(error, false);
  }
};

/**
 * Writes the answer into the memory if it fits into `size` bytes at `buffer`; returns its length.
 * @param {number} index @param {number} id @param {number} start @param {number} length @param {number} buffer
 * @param {number} size
 */
export const query = (index, id, start, length, buffer, size) => {
  const answer = call(queries, index, id, decode(start, length), 0) ?? "";
  const { read, written } = encoder.encodeInto(answer, bytes(buffer, size));
  if (read == answer.length) return written;
  keepAnswer(answer);
  return encoder.encode(answer).length;
};

/** @param {number} index @param {number} id @param {number} further @param {number} [start] @param {number} [length] */
export const op = (index, id, further, start, length) => call(ops, index, id, decode(start, length), further);

/** @param {number} registration @param {number} id of the call @param {number} start @param {number} length */
export const callbackArguments = (registration, id, start, length) =>
  callbacks.callbackArguments(registration, id, decode(start, length));
