// Runs the measurements in rounds, with the subjects in random order: in a fixed order, each would always follow the same
// other one, and what that one leaves behind in the browser would be counted as its own.
import { launchBrowser } from "../lib/launch-browser.mjs";
import { kinds, measurements } from "./measurements.mjs";
import { openSite } from "./site.mjs";
import { openTabs } from "./tab.mjs";

/**
 * @typedef {import("./subjects.mjs").Subject} Subject
 * @typedef {import("./tab.mjs").Tab} Tab
 * @typedef {Record<string, Record<string, number[]>>} Samples by quantity and subject, in the order of the rounds
 * @typedef {(subject: Subject, query?: Record<string, string>) => Promise<Tab>} OpenPage
 */

// Memory is measured at once, not when the browser finds time for it.
const browserArgs = ["--ignore-certificate-errors", "--enable-blink-features=ForceEagerMeasureMemory"];

/**
 * @param {Subject[]} subjects
 * @param {number} rounds
 * @param {(round: number) => void} onRound
 */
export async function runRounds(subjects, rounds, onRound) {
  const site = await openSite(subjects);
  const browser = await launchBrowser({ hosts: site.hosts, args: browserArgs });
  const tabs = await openTabs(browser);

  /** @type {OpenPage} */
  const open = (subject, query) => tabs.open(site.page(subject, query));

  /** @type {Samples} */
  const samples = {};
  /** @param {Subject} subject @param {Record<string, number>} measured */
  const addSamples = ({ name }, measured) => {
    for (const [quantity, value] of Object.entries(measured)) {
      const bySubject = samples[quantity] ?? {};
      samples[quantity] = { ...bySubject, [name]: [...(bySubject[name] ?? []), value] };
    }
  };

  try {
    const versions = Object.fromEntries(
      await Promise.all(
        subjects.map(async (subject) => [
          subject.name,
          subject.version ?? (await askVersion(await open(subject))),
        ]),
      ),
    );
    site.setUrls(await urlsOf(await open(afterhitAmong(subjects), { watched: "" })));
    for (let round = 0; round < rounds; round++) {
      onRound(round);
      for (const measurement of measurements.flatMap((one) => dueIn(one, round, rounds))) {
        for (const subject of shuffle(subjects)) {
          addSamples(subject, await measure(measurement, subject, site.collector, open));
        }
      }
    }
    return { samples, versions, browser: browser.version() };
  } finally {
    await browser.close();
    site.close();
  }
}

/**
 * @param {import("./measurements.mjs").Measurement} measurement
 * @param {Subject} subject
 * @param {import("./collector.mjs").Collector} collector
 * @param {OpenPage} open
 */
async function measure(measurement, subject, collector, open) {
  try {
    return await measurement.run({ subject, collector, open: (query) => open(subject, query) });
  } catch (error) {
    const titles = measurement.quantities.map(({ title }) => title).join("; ");
    throw new Error(`${subject.name}, ${titles}`, { cause: error });
  }
}

/**
 * A measurement as often as it is due in a round.
 * @param {import("./measurements.mjs").Measurement} measurement
 * @param {number} round
 * @param {number} rounds
 */
function dueIn(measurement, round, rounds) {
  const { each, times = 1 } = measurement;
  const isDue = each === "round" || round === 0 || (each === "half" && round === Math.ceil(rounds / 2));
  return Array.from({ length: isDue ? times : 0 }, () => measurement);
}

/**
 * @template T
 * @param {T[]} list
 * @returns {T[]}
 */
function shuffle(list) {
  const keyed = list.map((item) => ({ item, key: Math.random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** @param {Subject[]} subjects */
function afterhitAmong(subjects) {
  const afterhit = subjects.find(({ name }) => name === "afterhit");
  if (!afterhit) throw new Error("afterhit is not among the subjects");
  return afterhit;
}

/**
 * @param {Tab} tab
 * @returns {Promise<string | null>} the version as the tracker reports it
 */
async function askVersion(tab) {
  await tab.evaluate("bench.load()");
  const version = await tab.evaluate("bench.version() ?? null");
  await tab.close();
  return version;
}

/**
 * A URL for each kind of hit, for the floor to request.
 * @param {Tab} tab
 */
async function urlsOf(tab) {
  await tab.evaluate("bench.load()");
  /** @type {Record<number, string>} */
  const urls = {};
  for (const kind of kinds) {
    await tab.evaluate(`bench.calls(${kind}, 1)`);
    urls[kind] = await tab.evaluate("bench.url()");
  }
  await tab.close();
  return urls;
}
