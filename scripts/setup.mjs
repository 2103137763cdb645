// Installs what building this project needs; with --browser NAME, also a browser (chromium, firefox or webkit) for its tests.
import { asBrowserName } from "./lib/find-browser.mjs";
import { main } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";

const [, , flag, name = "chromium"] = process.argv;

await main(() => setup({ browsers: flag === "--browser" ? [asBrowserName(name, flag)] : [] }));
