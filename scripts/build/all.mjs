// All that is shipped, and the module that the demo reads hits with.
import { bundle } from "./bundle.mjs";
import { buildInspect } from "./inspect.mjs";
import { printSizes } from "./sizes.mjs";
import { buildTracker } from "./tracker.mjs";

export async function build() {
  await buildTracker();
  await bundle();
  await buildInspect();
  printSizes();
}
