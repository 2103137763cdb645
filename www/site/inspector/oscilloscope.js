/**
 * The oscilloscope: a decaying wave for every delivered hit, a short thud for one that was not collected, a flat line
 * for one that waits. Decorative; the list below it says the same in words.
 *
 * @typedef {{ state: import("./hits.js").State, kind: string, purchase: boolean }} Signal
 * @typedef {"ring" | "loud" | "thud" | "flat"} Shape
 */
import { byId, drawing } from "../dom.js";
import { wavePath } from "../wave.js";

const WIDTH = 72;
const HEIGHT = 84;
const MAX_PULSES = 24;

const RING = wavePath({ width: WIDTH, height: HEIGHT, cycles: 7, damping: 3.4 });
const THUD = wavePath({ width: WIDTH, height: HEIGHT * 0.4, cycles: 2.5, damping: 6 });
const ECHO = `<circle class="echo" cx="${WIDTH - 5}" cy="${HEIGHT / 2}" r="3.5"/>`;

/** @type {Record<Shape, string>} */
const MARKUP = {
  ring: `${line(RING, `translate(0 ${HEIGHT * 0.16}) scale(1 .68)`)}${ECHO}`,
  loud: `${line(RING)}${ECHO}`,
  thud: line(THUD, `translate(0 ${HEIGHT * 0.3})`),
  flat: line(`M0 ${HEIGHT / 2}H${WIDTH}`),
};

/** @returns {(key: string, signal: Signal | undefined) => void} shows the signal of a hit; removes it if undefined */
export function startOscilloscope() {
  const screen = byId("oscilloscope");
  /** @type {Map<string, { element: Element, shape: Shape }>} */
  const pulses = new Map();

  /** @param {string} key */
  function remove(key) {
    pulses.get(key)?.element.remove();
    pulses.delete(key);
  }

  return (key, signal) => {
    if (!signal) return remove(key);
    const shape = shapeOf(signal);
    const before = pulses.get(key);
    const element = before?.shape === shape ? before.element : draw(shape);
    element.setAttribute("data-kind", signal.kind);
    element.setAttribute("data-state", signal.state);
    if (element === before?.element) return;
    if (before) before.element.replaceWith(element);
    else screen.append(element);
    pulses.set(key, { element, shape });
    const [oldest] = pulses.keys();
    if (pulses.size > MAX_PULSES && oldest !== undefined) remove(oldest);
  };
}

/**
 * @param {Signal} signal
 * @returns {Shape}
 */
function shapeOf({ state, purchase }) {
  if (state === "not-collected" || state === "failed") return "thud";
  if (state === "waiting") return "flat";
  return purchase ? "loud" : "ring";
}

/** @param {Shape} shape */
function draw(shape) {
  return drawing(`0 0 ${WIDTH} ${HEIGHT}`, MARKUP[shape], `pulse ${shape}`);
}

/**
 * @param {string} path
 * @param {string} [transform]
 */
function line(path, transform) {
  return `<path d="${path}" pathLength="1"${transform ? ` transform="${transform}"` : ""}/>`;
}
