// Shorter versions of wasm-bindgen's helper functions. They leave out a workaround for Safari, which fails to decode more than
// 2 GB of text, and integers above 2^31.

/** Replacements by name of function. @type {Record<string, string>} */
export const helpers = {
  getStringFromWasm0: `let getStringFromWasm0 = (ptr, len) =>
  new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, ptr, len));`,
  addHeapObject: `let heap = Array(1024).concat(undefined, null, true, false);
let heap_next = 1028;
let addHeapObject = (object) => {
  let index = heap_next;
  heap_next = heap[index] || index + 1;
  heap[index] = object;
  return index;
};`,
  takeObject: `let takeObject = (index) => {
  let object = heap[index];
  if (index > 1027) {
    heap[index] = heap_next;
    heap_next = index;
  }
  return object;
};`,
  handleError: `let handleError = (work) => (...args) => {
  try {
    return work(...args);
  } catch (error) {
    wasm.__wbindgen_exn_store(addHeapObject(error));
  }
};`,
};

/** What is removed: functions and state that only the originals use, and the wrappers of exports. */
export const superseded = [
  /^export function [\s\S]*?^}$/gm,
  /^function (?:getUint8ArrayMemory0|dropObject|decodeText)\([\s\S]*?^}$/gm,
  /^function getObject\(.*$/m,
  /^let cachedUint8ArrayMemory0 = null;$/m,
  /^let heap = new Array\(1024\).*\n(?:heap\.push.*\n)?/m,
  /^let heap_next = .*$/m,
  /^let cachedTextDecoder = [\s\S]*?^let numBytesDecoded = 0;$/m,
];

/**
 * Generated patterns and their shorter equivalents, applied in this order.
 * @type {[RegExp, string][]}
 */
export const shorter = [
  [/(\barg\d+) >>> 0/g, "$1"],
  [/getObject\((arg\d+)\)/g, "heap[$1]"],
  [/const ret = ([^;]*);\s+return ret;/g, "return $1;"],
  [/const ret = ([^;]*);\s+return (\w+)\(ret\);/g, "return $2($1);"],
  [/function\(\) \{ return handleError\(/g, "handleError("],
  [/, arguments\); \}/g, ")"],
];
