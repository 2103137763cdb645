// What is made of samples.

/** Two runs that differ by more than this in a ratio do not repeat it. */
const TOLERANCE = 0.15;

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/**
 * The median of the ratios of each round: what slows a whole round down is not in it.
 * @param {readonly number[]} samples by round
 * @param {readonly number[]} base by round
 */
export function ratio(samples, base) {
  return median(samples.map((sample, round) => sample / (base[round] ?? Number.NaN)));
}

/**
 * The same samples as those of two runs, one after the other.
 * @param {readonly number[]} samples
 * @returns {[number[], number[]]}
 */
export function halves(samples) {
  const middle = Math.ceil(samples.length / 2);
  return [samples.slice(0, middle), samples.slice(middle)];
}

/** @param {readonly [number, number]} ratios */
export function repeats([one, other]) {
  return Math.abs(one - other) <= TOLERANCE * Math.min(one, other);
}
