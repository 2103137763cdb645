// What is measured, each on a page of its own in a fresh profile.
import { sizes } from "../build/sizes.mjs";
import { bytes } from "./memory.mjs";
import { median } from "./statistics.mjs";

/**
 * @typedef {import("./contenders.mjs").Contender} Contender
 * @typedef {import("./tab.mjs").Tab} Tab
 *
 * @typedef {object} Stage
 * @property {Contender} contender
 * @property {import("./collector.mjs").Collector} collector
 * @property {(more?: Record<string, string>) => Promise<Tab>} open a page without the tracker yet
 *
 * @typedef {object} Measure
 * @property {string} name
 * @property {string} title
 * @property {"bytes" | "ms" | "kB"} unit
 * @property {number} [wanted] the largest ratio of ours to AppMeasurement's that we want
 * @property {boolean} [differs] a difference, of which ratios say nothing
 *
 * @typedef {object} Visit
 * @property {Measure[]} measures
 * @property {"run" | "half" | "round"} each when it is made
 * @property {number} [times] how often then; once unless set
 * @property {(stage: Stage) => Promise<Record<string, number>>} run values by names of measures
 */

/** Calls that are timed in a page, after those that warm it up. */
const CALLS = 30;
const BURST = 50;
const BURSTS = 2;
/** Hits after which memory is looked at. */
const [SOME, MANY] = [5_000, 10_000];

/** Variables of a page view; 0: a link. In this order on one page: links have 30 variables beside them. */
export const kinds = [5, 30, 0, 150];

/** Their calls return before the request is made: how long a call takes says little of its cost. */
const later = ["alloy", "snowplow"];

/** @type {Record<number, string>} */
const callNames = { 0: "link", 5: "page5", 30: "page30", 150: "page150" };

/** @type {Visit[]} */
export const visits = [
  {
    each: "run",
    measures: [
      { name: "raw", title: "download", unit: "bytes" },
      { name: "gzip", title: "download, gzip -9", unit: "bytes", wanted: 1 },
      { name: "brotli", title: "download, brotli 11", unit: "bytes", wanted: 1 },
    ],
    run: async ({ contender }) => (contender.script.length > 0 ? sizes(contender.script) : {}),
  },
  {
    each: "round",
    times: 5,
    measures: [{ name: "start", title: "script to first request", unit: "ms", wanted: 1 }],
    run: async (stage) => ({ start: await startUp(stage, 1) }),
  },
  {
    each: "round",
    times: 5,
    measures: [{ name: "slowed", title: "the same, CPU slowed 4 times", unit: "ms", wanted: 1 }],
    run: async (stage) => ({ slowed: await startUp(stage, 4) }),
  },
  {
    each: "round",
    times: 2,
    measures: [
      { name: "page5", title: "t(), 5 variables", unit: "ms" },
      { name: "page30", title: "t(), 30 variables", unit: "ms", wanted: 1 / 3 },
      { name: "page150", title: "t(), 150 variables", unit: "ms", wanted: 1 / 3 },
      { name: "link", title: "tl()", unit: "ms", wanted: 1 / 3 },
      { name: "tasks", title: "a hit's main thread, answer included", unit: "ms" },
    ],
    run: calls,
  },
  {
    each: "round",
    measures: [{ name: "burst", title: `${BURST} hits at once, until all arrived`, unit: "ms" }],
    run: burst,
  },
  {
    each: "half",
    measures: [
      { name: "loaded", title: "memory when loaded", unit: "kB", wanted: 1 },
      { name: "some", title: `memory after ${SOME.toLocaleString("en")} hits`, unit: "kB" },
      { name: "many", title: `memory after ${MANY.toLocaleString("en")} hits`, unit: "kB", wanted: 1 },
      { name: "growth", title: "growth between these two", unit: "kB", differs: true },
    ],
    run: memory,
  },
];

/**
 * @param {Stage} stage
 * @param {number} rate how many times slower than it is
 */
async function startUp({ open }, rate) {
  const tab = await open();
  if (rate > 1) await tab.cdp("Emulation.setCPUThrottlingRate", { rate });
  /** @type {number} */
  const time = await tab.evaluate("bench.startUp()");
  await tab.close();
  return time;
}

/** @param {Stage} stage */
async function calls({ contender, open }) {
  const tab = await open({ watched: "" });
  await tab.evaluate("bench.load()");
  await tab.cdp("Performance.enable");
  /** @type {Record<string, number>} */
  const found = {};
  for (const kind of kinds) {
    await tab.evaluate(`bench.warm(${kind})`);
    const before = await taskTime(tab);
    const times = await tab.evaluate(`bench.calls(${kind}, ${CALLS})`);
    if (kind === 30) found.tasks = ((await taskTime(tab)) - before) / CALLS;
    if (!later.includes(contender.tracker)) found[callNames[kind] ?? ""] = median(times);
  }
  await tab.close();
  return found;
}

/** Milliseconds that a page's main thread has been busy. @param {Tab} tab */
async function taskTime(tab) {
  /** @type {{ metrics: { name: string, value: number }[] }} */
  const { metrics } = await tab.cdp("Performance.getMetrics");
  return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
}

/** @param {Stage} stage */
async function burst({ collector, open }) {
  const tab = await open();
  await tab.evaluate("bench.load()");
  await send(tab, collector, 1);
  /** @type {number[]} */
  const times = [];
  for (let n = 0; n < BURSTS; n++) times.push(await send(tab, collector, BURST));
  await tab.close();
  return { burst: median(times) };
}

/**
 * @param {Tab} tab
 * @param {import("./collector.mjs").Collector} collector
 * @param {number} count
 * @returns {Promise<number>} ms until all had arrived
 */
async function send(tab, collector, count) {
  const arrived = collector.reaches(collector.count() + count);
  const begun = await tab.evaluate(`bench.burst(${count})`);
  return (await arrived) - begun;
}

/** @param {Stage} stage */
async function memory({ collector, open }) {
  const tab = await open();
  const before = await bytes(tab);
  const above = async () => ((await bytes(tab)) - before) / 1024;
  await tab.evaluate("bench.load()");
  const loaded = await above();
  /** @type {number[]} */
  const after = [];
  for (let sent = 0; sent < MANY; sent += BURST) {
    if (sent === SOME) after.push(await above());
    await send(tab, collector, BURST);
  }
  const [some = Number.NaN, many = Number.NaN] = [...after, await above()];
  await tab.close();
  return { loaded, some, many, growth: many - some };
}
