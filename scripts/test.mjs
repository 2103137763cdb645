// npm test: installs, builds, and runs every test; `npm test -- --only wire,package` runs some of the steps.
import { parseArgs } from "node:util";
import { Failure, main, say } from "./lib/run.mjs";
import { setup } from "./setup/all.mjs";
import { steps } from "./test/steps.mjs";

function wantedSteps() {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const only = values.only?.split(",");
  const unknown = only?.filter((name) => !steps.some((step) => step.name === name)) ?? [];
  if (unknown.length > 0) {
    const known = steps.map(({ name }) => name).join(", ");
    throw new Failure(`There is no step ${unknown.join(", ")}. Steps: ${known}.`);
  }
  return only ? steps.filter(({ name }) => only.includes(name)) : steps;
}

await main(async () => {
  const wanted = wantedSteps();
  await setup({ browser: wanted.some(({ needs }) => needs.includes("browser")) });
  if (wanted.some(({ needs }) => needs.includes("build"))) {
    const { build } = await import("./build/all.mjs");
    await build();
  }

  const total = { passed: 0, failed: 0 };
  for (const { name, about, test } of wanted) {
    say(`${name}: ${about}`);
    const { passed, failed, ok } = await test();
    total.passed += passed;
    total.failed += ok ? 0 : Math.max(failed, 1);
    if (passed + failed === 0 && ok) say(`${name}: no tests yet`);
    if (ok) continue;
    process.exitCode = 1;
    say(`${name} failed; again with: npm test -- --only ${name}`);
    break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
});
