// npm run build: from the sources to dist/.
import { main } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";

await main(async () => {
  await setup();
  // Imports npm packages, which are there only now.
  const { build } = await import("./build/all.mjs");
  await build();
});
