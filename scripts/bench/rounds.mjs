// Rounds: in each, the trackers make every visit, in another order each time: in turns, each would always follow the same one,
// and what that one leaves behind in the browser would count as its own.
import { launchBrowser } from "../lib/launch-browser.mjs";
import { openSite } from "./site.mjs";
import { openTabs } from "./tab.mjs";
import { kinds, visits } from "./visits.mjs";

/**
 * @typedef {import("./contenders.mjs").Contender} Contender
 * @typedef {Record<string, Record<string, number[]>>} Samples by measure and contender, in their order
 */

// Memory is measured at once, not when the browser finds the time.
const flags = ["--ignore-certificate-errors", "--enable-blink-features=ForceEagerMeasureMemory"];

/**
 * @param {Contender[]} contenders
 * @param {number} rounds
 * @param {(round: number) => void} onRound
 */
export async function play(contenders, rounds, onRound) {
  const site = await openSite(contenders);
  const browser = await launchBrowser({ hosts: site.hosts, args: flags });
  const tabs = await openTabs(browser);

  /** @param {Contender} contender @param {Record<string, string>} [more] */
  const open = (contender, more) => tabs.open(site.page(contender, more));

  /** @type {Samples} */
  const samples = {};
  /** @param {Contender} contender @param {Record<string, number>} found */
  const keep = ({ name }, found) => {
    for (const [measure, value] of Object.entries(found)) {
      const of = samples[measure] ?? {};
      samples[measure] = { ...of, [name]: [...(of[name] ?? []), value] };
    }
  };

  try {
    const versions = Object.fromEntries(
      await Promise.all(contenders.map(async (one) => [one.name, one.version ?? (await ask(open(one)))])),
    );
    site.makeReady(await urlsOf(open(ours(contenders), { watched: "" })));
    for (let round = 0; round < rounds; round++) {
      onRound(round);
      for (const visit of visits.flatMap((one) => due(one, round, rounds))) {
        for (const contender of shuffled(contenders)) {
          keep(contender, await made(visit, contender, site.collector, open));
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
 * What a visit finds.
 * @param {import("./visits.mjs").Visit} visit
 * @param {Contender} contender
 * @param {import("./collector.mjs").Collector} collector
 * @param {(contender: Contender, more?: Record<string, string>) => Promise<import("./tab.mjs").Tab>} open
 */
async function made(visit, contender, collector, open) {
  try {
    return await visit.run({ contender, collector, open: (more) => open(contender, more) });
  } catch (error) {
    const what = visit.measures.map(({ title }) => title).join("; ");
    throw new Error(`${contender.name}, ${what}`, { cause: error });
  }
}

/**
 * A visit as often as it is made in a round.
 * @param {import("./visits.mjs").Visit} visit
 * @param {number} round
 * @param {number} rounds
 */
function due(visit, round, rounds) {
  const { each, times = 1 } = visit;
  const isDue = each === "round" || round === 0 || (each === "half" && round === Math.ceil(rounds / 2));
  return Array.from({ length: isDue ? times : 0 }, () => visit);
}

/**
 * In any order.
 * @template T
 * @param {T[]} list
 * @returns {T[]}
 */
function shuffled(list) {
  const drawn = list.map((one) => ({ one, lot: Math.random() }));
  return drawn.sort((a, b) => a.lot - b.lot).map(({ one }) => one);
}

/** @param {Contender[]} contenders @returns {Contender} */
function ours(contenders) {
  const found = contenders.find(({ name }) => name === "afterhit");
  if (!found) throw new Error("afterhit does not take part");
  return found;
}

/**
 * The version that a tracker tells of itself.
 * @param {Promise<import("./tab.mjs").Tab>} opening
 * @returns {Promise<string | null>}
 */
async function ask(opening) {
  const tab = await opening;
  await tab.evaluate("bench.load()");
  const version = await tab.evaluate("bench.version() ?? null");
  await tab.close();
  return version;
}

/**
 * A URL of each kind of hit, for the floor.
 * @param {Promise<import("./tab.mjs").Tab>} opening
 */
async function urlsOf(opening) {
  const tab = await opening;
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
