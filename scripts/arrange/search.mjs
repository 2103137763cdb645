// Simulated annealing: an order is changed a little, again and again. A change for the worse is kept too, the more rarely the
// worse it is and the later it comes.

/** @typedef {import("../build/parts.mjs").Order} Order */

/** How many bytes more were a change that is kept every third time, at the beginning. */
const temperature = 1;

/**
 * @param {Order} order is changed
 * @param {(order: Order) => number} weigh in bytes
 * @param {() => number} progress from 0 to 1, when it ends
 * @returns {Order} the lightest that was met
 */
export function search(order, weigh, progress) {
  let now = weigh(order);
  let best = { order: structuredClone(order), bytes: now };
  for (let done = progress(); done < 1; done = progress()) {
    const undo = change(order);
    const bytes = weigh(order);
    if (bytes > now && Math.random() > Math.exp((now - bytes) / (temperature * (1 - done)))) {
      undo();
      continue;
    }
    now = bytes;
    if (now < best.bytes) best = { order: structuredClone(order), bytes: now };
  }
  return best.order;
}

/** Every third change is one of functions, at least. @param {Order} order @returns {() => void} what takes it back */
function change({ functions, locals }) {
  const places = locals[any(locals.length)] ?? [];
  if (places.length < 2 || Math.random() < 1 / 3) return move(functions);
  return Math.random() < 1 / 2 ? swap(places) : move(places);
}

/** Two change places. @param {number[]} list */
function swap(list) {
  const [one, other] = [any(list.length), any(list.length)];
  const exchange = () => {
    [list[one], list[other]] = [list[other] ?? 0, list[one] ?? 0];
  };
  exchange();
  return exchange;
}

/** One goes elsewhere, those between move up. @param {number[]} list */
function move(list) {
  const [from, to] = [any(list.length), any(list.length)];
  const go = (/** @type {number} */ from, /** @type {number} */ to) => {
    list.splice(to, 0, ...list.splice(from, 1));
  };
  go(from, to);
  return () => go(to, from);
}

/** A place in a list. @param {number} length */
const any = (length) => Math.floor(Math.random() * length);
