// npm run lint: formatting, lints and types, warnings denied; everything is run, whatever failed before.
import { Failure, main, run, runInstalled, say } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";

const wasm = ["--target", "wasm32-unknown-unknown"];
const deny = ["--", "-D", "warnings"];

/** @type {[string, () => Promise<unknown>][]} */
const checks = [
  ["rustfmt", () => run("cargo", ["fmt", "--check"])],
  ["clippy, native", () => run("cargo", ["clippy", "--all-targets", ...deny])],
  ["clippy, browser tests", () => run("cargo", ["clippy", ...wasm, "--all-targets", ...deny])],
  [
    "clippy, tracker",
    () => run("cargo", ["clippy", ...wasm, "--no-default-features", "--features", "tracker", ...deny]),
  ],
  [
    "clippy, inspector",
    () => run("cargo", ["clippy", ...wasm, "--no-default-features", "--features", "inspect", ...deny]),
  ],
  ["biome", () => runInstalled("@biomejs/biome/bin/biome", ["check", "--error-on-warnings"])],
  ["types", () => runInstalled("typescript/bin/tsc", ["--project", "tsconfig.json"])],
];

await main(async () => {
  await setup();
  /** @type {string[]} */
  const failed = [];
  for (const [name, check] of checks) {
    say(`checking: ${name}`);
    await check().catch((error) => {
      if (!(error instanceof Failure)) throw error;
      console.error(error.message);
      failed.push(name);
    });
  }
  if (failed.length > 0)
    throw new Failure(`${failed.join("; ")}: see above. \`npm run format\` puts formatting right.`);
  say("no complaints");
});
