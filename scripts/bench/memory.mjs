// How much memory a page holds: JavaScript, DOM, and the memories of WebAssembly, which the browser's own sum leaves out.

/**
 * @param {import("./tab.mjs").Tab} tab
 * @returns {Promise<number>}
 */
export async function memoryBytes(tab) {
  await tab.cdp("HeapProfiler.collectGarbage");
  const wasm = await wasmBytes(tab);
  return wasm + (await tab.evaluate("bench.memory()"));
}

/** @param {import("./tab.mjs").Tab} tab */
async function wasmBytes({ cdp }) {
  const group = { objectGroup: "memories" };
  const { result } = await cdp("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype", ...group });
  const { objects } = await cdp("Runtime.queryObjects", { prototypeObjectId: result.objectId, ...group });
  const sum = await cdp("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration:
      "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  await cdp("Runtime.releaseObjectGroup", group);
  return sum.result.value;
}
