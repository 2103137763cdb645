// Medians, ratios, and how well they repeat.

/** Two ratios that differ by more than this share do not repeat. */
const TOLERANCE = 0.15;

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/**
 * The median of each round's ratio, so that whatever slows down a whole round cancels out.
 * @param {readonly number[]} samples by round
 * @param {readonly number[]} base by round
 */
export function ratio(samples, base) {
  return median(samples.map((sample, round) => sample / (base[round] ?? Number.NaN)));
}

/**
 * @param {readonly number[]} samples
 * @returns {[number[], number[]]}
 */
export function halves(samples) {
  const middle = Math.ceil(samples.length / 2);
  return [samples.slice(0, middle), samples.slice(middle)];
}

/** @param {readonly [number, number]} ratios */
export function isRepeatable([one, other]) {
  return Math.abs(one - other) <= TOLERANCE * Math.min(one, other);
}
