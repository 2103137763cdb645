// What a page has to say: as many variables as are asked for, with values that change from hit to hit.

/** Name and number of each: those that most implementations set, then custom ones of both kinds in turn. */
const names = [
  "pageName",
  "channel",
  "events",
  ...Array.from({ length: 75 }, (_, n) => [`prop${n + 1}`, `eVar${n + 1}`]).flat(),
];

/**
 * @param {number} count
 * @param {number} hit the hit's number
 * @returns {[name: string, value: string][]}
 */
export function variables(count, hit) {
  return names
    .slice(0, count)
    .map((name) => [name, name === "events" ? "event1,event2=7" : value(name, hit)]);
}

/**
 * @param {string} name
 * @param {number} hit
 */
export function value(name, hit) {
  return `shop:${name} & more|${hit}`;
}
