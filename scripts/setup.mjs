// Installs what building this project needs; with --browser, also the browser that its tests need.
import { main } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";

await main(() => setup({ browser: process.argv.includes("--browser") }));
