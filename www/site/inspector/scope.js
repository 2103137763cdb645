/**
 * The oscilloscope: a wave for every hit, a thud for one that the collector refused, a flat line for one that waits.
 * A picture only; the list below it says the same in words.
 *
 * @typedef {{ state: import("./lives.js").State, kind: string, purchase: boolean }} Signal
 */
import { byId, drawing } from "../dom.js";
import { wavePath } from "../wave.js";

const WIDTH = 72;
const HEIGHT = 84;
const MOST = 24;

const WAVES = {
  ring: wavePath({ width: WIDTH, height: HEIGHT, cycles: 7, damping: 3.4 }),
  thud: wavePath({ width: WIDTH, height: HEIGHT * 0.4, cycles: 2.5, damping: 6 }),
  flat: `M0 ${HEIGHT / 2}H${WIDTH}`,
};

/** @returns {(key: string, signal: Signal | undefined) => void} nothing: it is gone */
export function startScope() {
  const place = byId("scope");
  /** @type {Map<string, { element: Element, shape: string }>} */
  const shown = new Map();

  return (key, signal) => {
    const before = shown.get(key);
    if (!signal) {
      before?.element.remove();
      shown.delete(key);
      return;
    }
    const shape = shapeOf(signal);
    const element = before?.shape === shape ? before.element : draw(shape);
    element.setAttribute("data-kind", signal.kind);
    element.setAttribute("data-state", signal.state);
    if (element !== before?.element) {
      if (before) before.element.replaceWith(element);
      else place.append(element);
      shown.set(key, { element, shape });
    }
    const [oldest] = shown;
    if (shown.size > MOST && oldest) {
      oldest[1].element.remove();
      shown.delete(oldest[0]);
    }
  };
}

/** @param {Signal} signal */
function shapeOf({ state, purchase }) {
  if (state === "refused" || state === "failed") return "thud";
  if (state === "waiting") return "flat";
  return purchase ? "loud" : "ring";
}

/** @param {string} shape */
function draw(shape) {
  if (shape === "flat") return drawing(box(), `<path d="${WAVES.flat}" pathLength="1"/>`, "pulse flat");
  if (shape === "thud")
    return drawing(
      box(),
      `<path d="${WAVES.thud}" pathLength="1" transform="translate(0 ${HEIGHT * 0.3})"/>`,
      "pulse thud",
    );
  const scale = shape === "loud" ? "" : ` transform="translate(0 ${HEIGHT * 0.16}) scale(1 .68)"`;
  return drawing(
    box(),
    `<path d="${WAVES.ring}" pathLength="1"${scale}/><circle class="echo" cx="${WIDTH - 5}" cy="${HEIGHT / 2}" r="3.5"/>`,
    `pulse ${shape}`,
  );
}

function box() {
  return `0 0 ${WIDTH} ${HEIGHT}`;
}
