// npm run lint: formatting, lints, types, architecture and vocabulary; warnings are errors. A failing check does not keep the
// others from running.

import { Failure, main, say } from "./lib/run.mjs";
import { checks } from "./lint/checks.mjs";
import { setup } from "./setup/all.mjs";

await main(async () => {
  await setup();
  /** @type {string[]} */
  const failed = [];
  for (const { name, check } of checks) {
    say(`checking: ${name}`);
    try {
      await check();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      console.error(error.message);
      failed.push(name);
    }
  }
  if (failed.length > 0) {
    throw new Failure(`Failed: ${failed.join("; ")}. See above; \`npm run format\` corrects formatting.`);
  }
  say("all checks passed");
});
