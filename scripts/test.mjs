// npm test: installs what is missing, builds, and runs every test.
//   npm test -- [--only STEP,STEP] [--name TEXT]
// --only: runs these steps; without it, all but those in other browsers. --name: runs the tests whose name contains TEXT, and
// builds only what they need.
import { parseArgs } from "node:util";
import { browserNames } from "./lib/find-browser.mjs";
import { Failure, main, say } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";
import { steps } from "./test/steps.mjs";

/**
 * @param {string | undefined} only
 * @param {string | undefined} name
 */
function selectSteps(only, name) {
  const names = only?.split(",") ?? steps.filter((step) => !step.isOptional).map((step) => step.name);
  const unknown = names.filter((wanted) => !steps.some((step) => step.name === wanted));
  if (unknown.length > 0) {
    const known = steps.map((step) => step.name).join(", ");
    throw new Failure(`--only must name steps of the tests (${known}), got "${unknown.join(", ")}".`);
  }
  return steps.filter((step) => names.includes(step.name) && (name === undefined || step.mayHave(name)));
}

/**
 * @param {import("./test/steps.mjs").Step[]} selected
 * @param {string | undefined} name
 */
async function runSteps(selected, name) {
  const total = { passed: 0, failed: 0 };
  for (const step of selected) {
    say(`${step.name}: ${step.about}`);
    const { passed, failed, ok } = await step.test(name);
    total.passed += passed;
    if (ok) continue;
    total.failed += Math.max(failed, 1);
    process.exitCode = 1;
    say(`${step.name} failed; to repeat it: npm test -- --only ${step.name}`);
    break;
  }
  return total;
}

await main(async () => {
  const { only, name } = parseArgs({
    options: { only: { type: "string" }, name: { type: "string" } },
  }).values;
  const selected = selectSteps(only, name);
  if (selected.length === 0) throw new Failure(`No test has "${name}" in its name.`);

  const needs = selected.flatMap((step) => step.needs);
  await setup({ browsers: browserNames.filter((browser) => needs.includes(browser)) });
  if (needs.includes("build")) {
    // Imports npm packages, which setup installs.
    const { build } = await import("./build/all.mjs");
    await build();
  }

  const { passed, failed } = await runSteps(selected, name);
  console.log(`\n${passed} passed, ${failed} failed`);
  if (passed + failed === 0)
    throw new Failure(name ? `No test has "${name}" in its name.` : "No test was run.");
});
