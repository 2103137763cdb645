// npm run build: installs what is missing and builds dist/.
import { main } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";

await main(async () => {
  await setup();
  // Imports npm packages, which `setup` installs.
  const { build } = await import("./build/all.mjs");
  await build();
});
