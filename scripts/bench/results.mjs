// From samples to results: medians, ratios, and whether both halves of the run agree about them.
import { cpus } from "node:os";
import { measurements } from "./measurements.mjs";
import { halves, isRepeatable, median, ratio } from "./statistics.mjs";
import { floor } from "./subjects.mjs";

/**
 * @typedef {object} Value
 * @property {number} median
 * @property {number[]} samples
 * @property {number} [ratio] to the base
 * @property {[number, number]} [halves] the ratios of the two halves of the run
 * @property {boolean} [isRepeatable] whether they agree
 *
 * @typedef {import("./measurements.mjs").Quantity & { values: Record<string, Value> }} Row `values` by subject
 *
 * @typedef {object} Results
 * @property {string} base the subject to which ratios are
 * @property {number} rounds
 * @property {{ browser: string, processor: string, cores: number }} machine
 * @property {{ name: string, version: string | null }[]} subjects
 * @property {Row[]} rows
 */

/**
 * @param {Awaited<ReturnType<typeof import("./rounds.mjs").runRounds>>} measured
 * @param {import("./subjects.mjs").Subject[]} subjects
 * @param {number} rounds
 * @returns {Results}
 */
export function resultsOf({ samples, versions, browser }, subjects, rounds) {
  const base = subjects.find(({ isPeer }) => isPeer)?.name ?? floor;
  const processors = cpus();
  return {
    base,
    rounds,
    machine: { browser, processor: processors[0]?.model ?? "unknown", cores: processors.length },
    subjects: subjects.map(({ name }) => ({ name, version: versions[name] ?? null })),
    rows: measurements.flatMap(({ quantities, each }) =>
      quantities.map((quantity) => {
        const bySubject = samples[quantity.name] ?? {};
        // The floor holds no memory above that of an empty page: there is nothing to divide by.
        const hasRatio = !quantity.isDifference && !(base === floor && quantity.unit === "kB");
        const values = Object.entries(bySubject).map(([name, own]) => [
          name,
          {
            median: median(own),
            samples: own,
            ...(hasRatio ? compare(own, bySubject[base], { isConstant: each === "run" }) : {}),
          },
        ]);
        return { ...quantity, values: Object.fromEntries(values) };
      }),
    ),
  };
}

/**
 * @param {number[]} samples
 * @param {number[] | undefined} base
 * @param {{ isConstant: boolean }} options `isConstant`: the same in every run
 */
function compare(samples, base, { isConstant }) {
  if (!base) return {};
  const whole = { ratio: ratio(samples, base) };
  if (isConstant) return { ...whole, isRepeatable: true };
  if (samples.length < 2) return whole;
  const [early, late] = halves(samples);
  const [earlyBase, lateBase] = halves(base);
  /** @type {[number, number]} */
  const ratios = [ratio(early, earlyBase), ratio(late, lateBase)];
  return { ...whole, halves: ratios, isRepeatable: isRepeatable(ratios) };
}
