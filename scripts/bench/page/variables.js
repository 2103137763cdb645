// Variables of a page, as many as are asked for, with values that change from hit to hit.

/** First the variables that most implementations set, then props and eVars in turn. */
const names = [
  "pageName",
  "channel",
  "events",
  ...Array.from({ length: 75 }, (_, n) => [`prop${n + 1}`, `eVar${n + 1}`]).flat(),
];

/**
 * @param {number} count
 * @param {number} hit its number
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
