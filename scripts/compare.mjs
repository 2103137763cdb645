// npm run compare: plays the recorded scenarios, and pages with the companion libraries, on AppMeasurement and on afterhit in one
// run, and prints what differs: requests, console lines, cookies. The exit code is 1 if anything does that README's table of
// differences does not explain.
//   npm run compare -- --reference FOLDER [--companions FOLDER] [--only NAMES] [--browsers N]
// --reference: the folder with AppMeasurement.js. --companions: that with VisitorAPI.js and the modules, the same unless given; its
// folder plug-ins may hold the pages of Adobe's documentation on plug-ins.
// --only: parts of names of scenarios, separated by commas. --browsers: how many of each library.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { recorded } from "../tests/support/differences.mjs";
import { readScenarios } from "../tests/wire/scenarios.mjs";
import { namesIn, readCompanions } from "./compare/companions.mjs";
import { openComparison } from "./compare/play.mjs";
import { positiveInteger } from "./lib/flags.mjs";
import { readScript } from "./lib/read-script.mjs";
import { Failure, main, root } from "./lib/run.mjs";

const pagesFolder = join(root, "tests/compare/");
/** Pages with libraries that `npm test` has no stand-ins for. */
const adobeFolder = join(pagesFolder, "adobe/");

await main(async () => {
  const { values } = parseArgs({
    options: {
      reference: { type: "string" },
      companions: { type: "string" },
      only: { type: "string" },
      browsers: { type: "string", default: "3" },
    },
  });
  const { reference } = values;
  if (reference === undefined)
    throw new Failure(
      "--reference must name the folder with AppMeasurement.js (https://github.com/adobe/appmeasurement).",
    );
  const theirs = readScript(join(reference, "AppMeasurement.js"), "--reference names its folder");
  const ours = readScript(join(root, "dist/afterhit.js"), "run npm run build first");
  const companions = readCompanions(values.companions ?? reference);
  const browsers = positiveInteger(values.browsers, "--browsers");

  const only = values.only?.split(",");
  const pages = [pagesFolder, adobeFolder].flatMap((folder) => readScenarios(pathToFileURL(folder)));
  const all = [...readScenarios(), ...pages].flatMap(({ scenarios }) => scenarios);
  const wanted = all.filter(({ name }) => only?.some((part) => name.includes(part)) ?? true);

  const standIns = readCompanions(join(pagesFolder, "stand-ins"));
  /** @type {{ title: string, explained?: string, lines: Promise<string[]> }[]} */
  const played = [];
  const missing = new Set();
  const real = openComparison({ library: theirs, companions }, { library: ours, companions }, browsers);
  // The same tracker with the stand-ins of `npm test`: they have to do what the companions do.
  const imitated = openComparison(
    { library: theirs, companions },
    { library: theirs, companions: standIns },
    browsers,
  );
  for (const scenario of wanted) {
    const { name } = scenario;
    const names = namesIn(scenario);
    const absent = names.filter((companion) => !companions[companion]);
    for (const companion of absent) missing.add(companion);
    if (absent.length > 0) continue;
    const explained = scenario.difference && recorded[/** @type {keyof typeof recorded} */ (name)];
    played.push({ title: name, explained, lines: real.play(scenario) });
    if (names.length > 0 && names.every((companion) => standIns[companion]))
      played.push({ title: `${name}, with our stand-ins`, lines: imitated.play(scenario) });
  }

  let same = 0;
  let unexplained = 0;
  for (const { title, explained, lines: pending } of played) {
    const lines = await pending.catch((error) => [`could not be played: ${error.message}`]);
    if (lines.length === 0) same++;
    else if (explained) console.log(`as README says (${explained}): ${title}`);
    else {
      unexplained++;
      console.log([`DIFFERS ${title}`, ...lines].join("\n  "));
    }
  }
  await Promise.all([real.close(), imitated.close()]);
  for (const name of missing) console.log(`not played: pages with ${name}, which is not in the folder`);
  console.log(
    `${played.length} played: ${same} the same, ${played.length - same - unexplained} differ on purpose, ${unexplained} unexplained`,
  );
  if (unexplained > 0) process.exitCode = 1;
});
