// Installs what is missing to build this project; with --browser also what its tests need.
import { main } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";

await main(() => setup({ browser: process.argv.includes("--browser") }));
