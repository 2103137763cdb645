// Installs what building this project needs; with --browser, also the browsers that its tests need.
import { browserNames } from "./lib/find-browser.mjs";
import { main } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";

await main(() => setup({ browsers: process.argv.includes("--browser") ? browserNames : [] }));
