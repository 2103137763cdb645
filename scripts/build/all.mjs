// Builds everything: the shipped files, and the inspector for the demo.
import { stop } from "esbuild";
import { bundle } from "./bundle.mjs";
import { buildInspect } from "./inspect.mjs";
import { printSizes } from "./sizes.mjs";
import { buildTracker } from "./tracker.mjs";

export async function build() {
  await buildTracker();
  await bundle();
  // esbuild's service would keep running as long as the demo is served.
  await stop();
  await buildInspect();
  printSizes();
}
