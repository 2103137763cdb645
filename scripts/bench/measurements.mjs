// The measurements. Each runs on a page of its own in an empty profile, and yields samples of one or more quantities.
import { sizes } from "../build/sizes.mjs";
import { memoryBytes } from "./memory.mjs";
import { median } from "./statistics.mjs";

/**
 * @typedef {import("./tab.mjs").Tab} Tab
 *
 * @typedef {object} Context
 * @property {import("./subjects.mjs").Subject} subject
 * @property {import("./collector.mjs").Collector} collector
 * @property {(query?: Record<string, string>) => Promise<Tab>} open opens a page that has not loaded the tracker
 *
 * @typedef {object} Quantity
 * @property {string} name
 * @property {string} title
 * @property {"bytes" | "ms" | "kB"} unit
 * @property {number} [target] the largest ratio to AppMeasurement that afterhit may have
 * @property {boolean} [isDifference] ratios of differences say nothing
 *
 * @typedef {object} Measurement
 * @property {Quantity[]} quantities
 * @property {"run" | "half" | "round"} each whether it is made once a run, in each half of the run, or in each round
 * @property {number} [times] how often it is then repeated; once unless set
 * @property {(context: Context) => Promise<Record<string, number>>} run samples by names of quantities
 */

/** Calls to time on a page, after those that warm it up. */
const TIMED_CALLS = 30;
/** How long after its answer a page view is watched. */
const VIEW_MS = 150;
const BURST_HITS = 50;
const BURSTS = 2;
/** Numbers of hits after which memory is measured. */
const [SOME_HITS, MANY_HITS] = [5_000, 10_000];

/**
 * The kinds of hits: the number of variables of a page view, or 0 for a link. They are sent in this order on one page, so
 * that a link has 30 variables on the page.
 */
export const kinds = [5, 30, 0, 150];

/** Their calls return before the request is made: the time of a call says little about its cost. */
const asynchronous = ["alloy", "snowplow"];

/** @type {Record<number, string>} */
const callNames = { 0: "link", 5: "page5", 30: "page30", 150: "page150" };

/** @type {Measurement[]} */
export const measurements = [
  {
    each: "run",
    quantities: [
      { name: "raw", title: "download", unit: "bytes" },
      { name: "gzip", title: "download, gzip -9", unit: "bytes", target: 1 },
      { name: "brotli", title: "download, brotli 11", unit: "bytes", target: 1 },
    ],
    run: async ({ subject }) => (subject.script.length > 0 ? sizes(subject.script) : {}),
  },
  {
    each: "round",
    times: 5,
    quantities: [{ name: "start", title: "script to first request", unit: "ms", target: 1 }],
    run: async (context) => ({ start: await startUp(context, { slowdown: 1 }) }),
  },
  {
    each: "round",
    times: 5,
    quantities: [{ name: "slowed", title: "the same, CPU slowed 4 times", unit: "ms", target: 1 }],
    run: async (context) => ({ slowed: await startUp(context, { slowdown: 4 }) }),
  },
  {
    each: "round",
    times: 3,
    quantities: [{ name: "view", title: "main thread, script to first answer", unit: "ms", target: 1 }],
    run: view,
  },
  {
    each: "round",
    times: 2,
    quantities: [
      { name: "page5", title: "t(), 5 variables", unit: "ms" },
      { name: "page30", title: "t(), 30 variables", unit: "ms", target: 1 / 3 },
      { name: "page150", title: "t(), 150 variables", unit: "ms", target: 1 / 3 },
      { name: "link", title: "tl()", unit: "ms", target: 1 / 3 },
      { name: "tasks", title: "a hit's main thread, answer included", unit: "ms" },
    ],
    run: calls,
  },
  {
    each: "round",
    quantities: [{ name: "burst", title: `${BURST_HITS} hits at once, until all arrived`, unit: "ms" }],
    run: burst,
  },
  {
    each: "half",
    quantities: [
      { name: "loaded", title: "memory when loaded", unit: "kB", target: 1 },
      { name: "some", title: `memory after ${SOME_HITS.toLocaleString("en")} hits`, unit: "kB" },
      { name: "many", title: `memory after ${MANY_HITS.toLocaleString("en")} hits`, unit: "kB", target: 1 },
      { name: "growth", title: "growth between these two", unit: "kB", isDifference: true },
    ],
    run: memory,
  },
];

/**
 * @param {Context} context
 * @param {{ slowdown: number }} options `slowdown`: a factor for the CPU
 */
async function startUp({ open }, { slowdown }) {
  const tab = await open();
  if (slowdown > 1) await tab.cdp("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await tab.evaluate("bench.fetch()");
  /** @type {number} */
  const ms = await tab.evaluate("bench.startUp()");
  await tab.close();
  return ms;
}

/**
 * The main thread's work from the script's start until a while after the first answer: what a tracker does besides counts too.
 * @param {Context} context
 */
async function view({ open }) {
  const tab = await open();
  await tab.evaluate("bench.fetch()");
  await tab.cdp("Performance.enable");
  const before = await taskMs(tab);
  await tab.evaluate(`bench.view(${VIEW_MS})`);
  const ms = (await taskMs(tab)) - before;
  await tab.close();
  return { view: ms };
}

/** @param {Context} context */
async function calls({ subject, open }) {
  const tab = await open({ watched: "" });
  await tab.evaluate("bench.load()");
  await tab.cdp("Performance.enable");
  /** @type {Record<string, number>} */
  const samples = {};
  for (const kind of kinds) {
    await tab.evaluate(`bench.warm(${kind})`);
    const before = await taskMs(tab);
    const times = await tab.evaluate(`bench.calls(${kind}, ${TIMED_CALLS})`);
    if (kind === 30) samples.tasks = ((await taskMs(tab)) - before) / TIMED_CALLS;
    if (!asynchronous.includes(subject.tracker)) samples[callNames[kind] ?? ""] = median(times);
  }
  await tab.close();
  return samples;
}

/** How long a page's main thread has been busy. @param {Tab} tab */
async function taskMs(tab) {
  /** @type {{ metrics: { name: string, value: number }[] }} */
  const { metrics } = await tab.cdp("Performance.getMetrics");
  return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
}

/** @param {Context} context */
async function burst({ collector, open }) {
  const tab = await open();
  await tab.evaluate("bench.load()");
  await send(tab, collector, 1);
  /** @type {number[]} */
  const times = [];
  for (let n = 0; n < BURSTS; n++) times.push(await send(tab, collector, BURST_HITS));
  await tab.close();
  return { burst: median(times) };
}

/**
 * @param {Tab} tab
 * @param {import("./collector.mjs").Collector} collector
 * @param {number} count
 * @returns {Promise<number>} ms until all hits have arrived
 */
async function send(tab, collector, count) {
  const arrival = collector.reaches(collector.count() + count);
  const [startedAt, arrivedAt] = await Promise.all([tab.evaluate(`bench.burst(${count})`), arrival]);
  return arrivedAt - startedAt;
}

/** @param {Context} context */
async function memory({ collector, open }) {
  const tab = await open();
  const before = await memoryBytes(tab);
  const aboveEmptyPage = async () => ((await memoryBytes(tab)) - before) / 1024;
  await tab.evaluate("bench.load()");
  const loaded = await aboveEmptyPage();
  /** @type {number[]} */
  const after = [];
  for (let sent = 0; sent < MANY_HITS; sent += BURST_HITS) {
    if (sent === SOME_HITS) after.push(await aboveEmptyPage());
    await send(tab, collector, BURST_HITS);
  }
  const [some = Number.NaN, many = Number.NaN] = [...after, await aboveEmptyPage()];
  await tab.close();
  return { loaded, some, many, growth: many - some };
}
