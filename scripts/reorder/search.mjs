// Simulated annealing: an order is changed at random, again and again. A change for the worse is accepted too, with a
// probability that falls with the loss and with time.

/** @typedef {import("../build/wasm-writer.mjs").Order} Order */

/** Initial temperature: a change this much worse is accepted with probability 1/e. */
const TEMPERATURE_BYTES = 1;

/**
 * @param {Order} order is changed in place
 * @param {(order: Order) => number} sizeOf
 * @param {() => number} progress from 0 to 1; the search ends at 1
 * @returns {Order} the smallest that was found
 */
export function search(order, sizeOf, progress) {
  let current = sizeOf(order);
  let best = { order: structuredClone(order), size: current };
  for (let done = progress(); done < 1; done = progress()) {
    const undo = change(order);
    const size = sizeOf(order);
    if (size > current && Math.random() > Math.exp((current - size) / (TEMPERATURE_BYTES * (1 - done)))) {
      undo();
      continue;
    }
    current = size;
    if (current < best.size) best = { order: structuredClone(order), size: current };
  }
  return best.order;
}

/** Changes the order of functions at least every third time. @param {Order} order @returns {() => void} undo */
function change({ functions, locals }) {
  const indices = locals[randomIndex(locals)] ?? [];
  if (indices.length < 2 || Math.random() < 1 / 3) return move(functions);
  return Math.random() < 1 / 2 ? swap(indices) : move(indices);
}

/** Exchanges two items. @param {number[]} list */
function swap(list) {
  const [one, other] = [randomIndex(list), randomIndex(list)];
  const exchange = () => {
    [list[one], list[other]] = [list[other] ?? 0, list[one] ?? 0];
  };
  exchange();
  return exchange;
}

/** Moves an item; those in between close up. @param {number[]} list */
function move(list) {
  const [from, to] = [randomIndex(list), randomIndex(list)];
  const moveItem = (/** @type {number} */ from, /** @type {number} */ to) => {
    list.splice(to, 0, ...list.splice(from, 1));
  };
  moveItem(from, to);
  return () => moveItem(to, from);
}

/** @param {unknown[]} list */
const randomIndex = (list) => Math.floor(Math.random() * list.length);
