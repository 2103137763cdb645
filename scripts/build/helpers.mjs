// wasm-bindgen's helpers in short. What the originals have more: texts decoded in pieces for a bug of Safari's after 2 GB, and numbers above 2^31.

/** @type {Record<string, string>} */
export const helpers = {
  getArrayU8FromWasm0: `let view = new Uint8Array();
// Memory that grows leaves an empty view behind.
let memory = () => (view.length ? view : (view = new Uint8Array(wasm.memory.buffer)));
let getArrayU8FromWasm0 = (ptr, len) => memory().subarray(ptr, ptr + len);`,
  getStringFromWasm0: `let getStringFromWasm0 = (ptr, len) =>
  new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, ptr, len));`,
  passArray8ToWasm0: `let returnBytes = (address, bytes) => {
  let ptr = wasm.__wbindgen_malloc(bytes.length, 1);
  // The view comes last: room for the bytes may have moved the memory.
  let to = memory();
  to.set(bytes, ptr);
  new Int32Array(to.buffer, address).set([ptr, bytes.length]);
};`,
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

/** What the short forms do not need: functions of the originals, their state, and the exports, which need no glue. */
export const superseded = [
  /^export function [\s\S]*?^}$/gm,
  /^function (?:getDataViewMemory0|getUint8ArrayMemory0|dropObject|decodeText)\([\s\S]*?^}$/gm,
  /^function getObject\(.*$/m,
  /^let cachedDataViewMemory0 = null;$/m,
  /^let cachedUint8ArrayMemory0 = null;$/m,
  /^let heap = new Array\(1024\).*\n(?:heap\.push.*\n)?/m,
  /^let heap_next = .*$/m,
  /^let cachedTextDecoder = [\s\S]*?^let numBytesDecoded = 0;$/m,
  /^let WASM_VECTOR_LEN = 0;$/m,
];

const returnedBytes = [
  "const ret = ([^;]*);",
  String.raw`const ptr(\d+) = passArray8ToWasm0\(ret, wasm\.__wbindgen_malloc\);`,
  String.raw`const len\2 = WASM_VECTOR_LEN;`,
  String.raw`getDataViewMemory0\(\)\.setInt32\(.*\+ 4 \* 1, len\2, true\);`,
  String.raw`getDataViewMemory0\(\)\.setInt32\(.*\+ 4 \* 0, ptr\2, true\);`,
].join(String.raw`\s+`);

/**
 * Turns of wasm-bindgen's that can be said in fewer bytes, one after the other.
 * @type {[RegExp, string][]}
 */
export const shorter = [
  [/(\barg\d+) >>> 0/g, "$1"],
  [new RegExp(returnedBytes, "g"), "returnBytes(arg0, $1);"],
  [/getObject\((arg\d+)\)/g, "heap[$1]"],
  [/const ret = ([^;]*);\s+return ret;/g, "return $1;"],
  [/const ret = ([^;]*);\s+return (\w+)\(ret\);/g, "return $2($1);"],
  [/function\(\) \{ return handleError\(/g, "handleError("],
  [/, arguments\); \}/g, ")"],
];
