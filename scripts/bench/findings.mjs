// From samples to what is told: medians, ratios, and whether the two halves of the run agree in them.
import { cpus } from "node:os";
import { floor } from "./contenders.mjs";
import { halves, median, ratio, repeats } from "./statistics.mjs";
import { visits } from "./visits.mjs";

/**
 * @typedef {object} Value
 * @property {number} median
 * @property {number[]} samples
 * @property {number} [ratio] to the base
 * @property {[number, number]} [halves] the ratios of the two halves of the run
 * @property {boolean} [repeats] whether they agree
 *
 * @typedef {import("./visits.mjs").Measure & { values: Record<string, Value> }} Row
 *
 * @typedef {object} Findings
 * @property {string} base what ratios are to
 * @property {number} rounds
 * @property {{ browser: string, processor: string, cores: number }} machine
 * @property {{ name: string, version: string | null }[]} contenders
 * @property {Row[]} rows
 */

/**
 * @param {Awaited<ReturnType<typeof import("./rounds.mjs").play>>} played
 * @param {import("./contenders.mjs").Contender[]} contenders
 * @param {number} rounds
 * @returns {Findings}
 */
export function findings({ samples, versions, browser }, contenders, rounds) {
  const base = contenders.find(({ isPeer }) => isPeer)?.name ?? floor;
  const processors = cpus();
  return {
    base,
    rounds,
    machine: { browser, processor: processors[0]?.model ?? "unknown", cores: processors.length },
    contenders: contenders.map(({ name }) => ({ name, version: versions[name] ?? null })),
    rows: visits.flatMap(({ measures, each }) =>
      measures.map((measure) => {
        const of = samples[measure.name] ?? {};
        // What a page holds above an empty one is nothing to divide by.
        const divides = !measure.differs && !(base === floor && measure.unit === "kB");
        const values = Object.entries(of).map(([name, own]) => [
          name,
          { median: median(own), samples: own, ...(divides ? compared(own, of[base], each === "run") : {}) },
        ]);
        return { ...measure, values: Object.fromEntries(values) };
      }),
    ),
  };
}

/**
 * @param {number[]} samples
 * @param {number[] | undefined} base
 * @param {boolean} fixed the same in every run
 */
function compared(samples, base, fixed) {
  if (!base) return {};
  const whole = { ratio: ratio(samples, base) };
  if (fixed) return { ...whole, repeats: true };
  if (samples.length < 2) return whole;
  const [early, late] = halves(samples);
  const [earlyBase, lateBase] = halves(base);
  /** @type {[number, number]} */
  const both = [ratio(early, earlyBase), ratio(late, lateBase)];
  return { ...whole, halves: both, repeats: repeats(both) };
}
