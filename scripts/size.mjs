// npm run size: what the shipped files weigh, and which functions the module's bytes go into.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printSizes } from "./build/sizes.mjs";
import { functionSizes } from "./build/wasm.mjs";
import { main, root } from "./lib/run.mjs";

const shown = 40;

await main(async () => {
  printSizes();
  const functions = functionSizes(readFileSync(join(root, "build/tracker/afterhit_named.wasm")));
  const code = functions.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`\n${code} bytes of code in ${functions.length} functions; the largest, before compression:`);
  for (const { name, bytes } of functions.slice(0, shown)) {
    console.log(`${String(bytes).padStart(7)}  ${name}`);
  }
});
