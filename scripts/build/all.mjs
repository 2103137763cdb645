// All that is shipped, and the module that the demo reads hits with.
import { stop } from "esbuild";
import { bundle } from "./bundle.mjs";
import { buildInspect } from "./inspect.mjs";
import { printSizes } from "./sizes.mjs";
import { buildTracker } from "./tracker.mjs";

export async function build() {
  await buildTracker();
  await bundle();
  // esbuild would wait for more work as long as the demo is served.
  await stop();
  await buildInspect();
  printSizes();
}
