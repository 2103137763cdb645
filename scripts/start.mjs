// npm start: installs what is missing, builds, and serves the demo.
import { main, root, run } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";

await main(async () => {
  await setup();
  const { build } = await import("./build/all.mjs");
  await build();
  await run(process.execPath, [`${root}/www/server.mjs`, ...process.argv.slice(2)]);
});
