/**
 * The damped wave of a bell after it is struck. Product pages, the logo and the oscilloscope all draw it.
 */

/**
 * An SVG path along the middle of a box: `cycles` oscillations with decaying amplitude.
 *
 * @param {{ width: number, height: number, cycles: number, damping: number }} wave `damping`: 1 rings long, 6 is a thud
 * @returns {string}
 */
export function wavePath({ width, height, cycles, damping }) {
  const steps = Math.ceil(cycles * 14);
  const middle = height / 2;
  let path = `M0 ${middle}`;
  for (let i = 1; i <= steps; i++) {
    const along = i / steps;
    const swing = Math.exp(-damping * along) * Math.sin(along * cycles * 2 * Math.PI);
    path += `L${round(along * width)} ${round(middle - swing * middle * 0.94)}`;
  }
  return path;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}
