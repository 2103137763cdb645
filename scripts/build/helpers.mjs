// wasm-bindgen's helpers in short. What the originals have more: views that are kept between calls (and looked at before
// each use, because memory grows), a growing buffer, a way around a bug of Safari's after 2 GB of text, and the byte
// order mark at the beginning of a text (a text that leaves the module begins with a name or with https).

/** @type {Record<string, string>} */
export const helpers = {
  getDataViewMemory0: "let getDataViewMemory0 = () => new DataView(wasm.memory.buffer);",
  getUint8ArrayMemory0: "let getUint8ArrayMemory0 = () => new Uint8Array(wasm.memory.buffer);",
  getStringFromWasm0: `let decoder = new TextDecoder();
let getStringFromWasm0 = (ptr, len) => decoder.decode(new Uint8Array(wasm.memory.buffer, ptr, len));`,
  passStringToWasm0: `let encoder = new TextEncoder();
let passStringToWasm0 = (text) => {
  let bytes = encoder.encode(text);
  let ptr = wasm.__wbindgen_malloc((WASM_VECTOR_LEN = bytes.length), 1);
  getUint8ArrayMemory0().set(bytes, ptr);
  return ptr;
};
let returnString = (address, text) => {
  // The view comes last: room for the text may have moved the memory.
  let pair = [passStringToWasm0(text), WASM_VECTOR_LEN];
  new Int32Array(wasm.memory.buffer).set(pair, address / 4);
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
  dropObject: "let dropObject = (index) => void takeObject(index);",
  handleError: `let handleError = (work) => (...args) => {
  try {
    return work(...args);
  } catch (error) {
    wasm.__wbindgen_exn_store(addHeapObject(error));
  }
};`,
};

/** State of the originals that the short forms do not have. */
export const superseded = [
  /^let cachedDataViewMemory0 = null;$/m,
  /^let cachedUint8ArrayMemory0 = null;$/m,
  /^let heap = new Array\(1024\).*\n(?:heap\.push.*\n)?/m,
  /^let heap_next = .*$/m,
  /^let cachedTextDecoder = [\s\S]*?^let numBytesDecoded = 0;$/m,
  /^function decodeText[\s\S]*?^}$/m,
  /^const cachedTextEncoder = .*$/m,
];

const returnedString = [
  String.raw`const ptr(\d+) = passStringToWasm0\(ret\);`,
  String.raw`const len\1 = WASM_VECTOR_LEN;`,
  String.raw`getDataViewMemory0\(\)\.setInt32\(.*\+ 4 \* 1, len\1, true\);`,
  String.raw`getDataViewMemory0\(\)\.setInt32\(.*\+ 4 \* 0, ptr\1, true\);`,
].join(String.raw`\s+`);

/**
 * Turns of wasm-bindgen's that can be said in fewer bytes, one after the other.
 * @type {[RegExp, string][]}
 */
export const shorter = [
  [
    /passStringToWasm0\(([^(),]+), wasm\.__wbindgen_malloc, wasm\.__wbindgen_realloc\)/g,
    "passStringToWasm0($1)",
  ],
  [new RegExp(returnedString, "g"), "returnString(arg0, ret);"],
  // A text as a parameter: its length is known once its address is.
  [
    /const ptr(\d+) = (passStringToWasm0\([^()]+\));\s+const len\1 = WASM_VECTOR_LEN;\s+([^;]*)ptr\1, len\1\b/g,
    "$3$2, WASM_VECTOR_LEN",
  ],
  [/getObject\((arg\d+)\)/g, "heap[$1]"],
  [/const ret = ([^;]*);\s+return ret;/g, "return $1;"],
  [/const ret = ([^;]*);\s+return (\w+)\(ret\);/g, "return $2($1);"],
  [/const ret = ([^;]*);\s+returnString\(arg0, ret\);/g, "returnString(arg0, $1);"],
  [/function\(\) \{ return handleError\(/g, "handleError("],
  [/, arguments\); \}/g, ")"],
];
