/**
 * What the shop sells: things that ring when struck.
 *
 * @typedef {object} Product
 * @property {string} id in the URL
 * @property {string} sku in the products variable
 * @property {string} name
 * @property {string} category
 * @property {number} price in EUR
 * @property {string} pitch
 * @property {number} hertz frequency of the fundamental
 * @property {number} rings seconds until it fades
 * @property {string[]} finishes
 * @property {string} line one sentence for the list
 * @property {string} about
 * @property {[ratio: number, loudness: number][]} partials overtones, as multiples of `hertz`
 */

/** @type {Product[]} */
export const PRODUCTS = [
  {
    id: "handbell",
    sku: "OT-110",
    name: "Handbell",
    category: "Bells",
    price: 148,
    pitch: "C5",
    hertz: 523.25,
    rings: 9,
    finishes: ["Polished", "Aged"],
    line: "Cast bronze, leather grip. Carries across a courtyard.",
    about:
      "Poured in sand, turned on the lathe until the hum, the prime and the minor third above it agree. The clapper is felted on one side: turn it for indoors.",
    partials: [
      [0.5, 0.4],
      [1, 1],
      [1.2, 0.5],
      [2, 0.6],
      [3.01, 0.25],
    ],
  },
  {
    id: "tuning-fork",
    sku: "OT-210",
    name: "Tuning fork",
    category: "Forks",
    price: 36,
    pitch: "A4",
    hertz: 440,
    rings: 42,
    finishes: ["Blued steel", "Bare steel"],
    line: "440 Hz and nothing else, on a box of spruce.",
    about:
      "A fork has almost no overtones, which is why orchestras trust it. The open box under it moves more air, so that a whole room hears what two prongs say.",
    partials: [
      [1, 1],
      [6.27, 0.06],
    ],
  },
  {
    id: "singing-bowl",
    sku: "OT-310",
    name: "Singing bowl",
    category: "Bowls",
    price: 189,
    pitch: "F3",
    hertz: 174.61,
    rings: 64,
    finishes: ["Hammered", "Smooth"],
    line: "Hammered by hand. Strike it once, wait a minute.",
    about:
      "No two hammered walls are equally thick, so each bowl has two notes that lie close together and beat against one another. With cushion and striker.",
    partials: [
      [1, 1],
      [1.006, 0.8],
      [2.77, 0.45],
      [5.18, 0.2],
    ],
  },
  {
    id: "gong",
    sku: "OT-410",
    name: "Wind gong",
    category: "Gongs",
    price: 320,
    pitch: "D2",
    hertz: 73.42,
    rings: 30,
    finishes: ["Brushed", "Raw"],
    line: "Sixty centimetres of bronze that open like a door.",
    about:
      "Struck softly it hums; struck harder the energy climbs into the high modes and the sound blooms a moment after the hit. On a stand of ash.",
    partials: [
      [1, 1],
      [1.52, 0.7],
      [2.13, 0.6],
      [2.94, 0.55],
      [4.41, 0.45],
      [6.83, 0.3],
    ],
  },
  {
    id: "triangle",
    sku: "OT-510",
    name: "Triangle",
    category: "Small percussion",
    price: 24,
    pitch: "No fixed pitch",
    hertz: 1187,
    rings: 14,
    finishes: ["Steel", "Brass"],
    line: "Open at one corner, so that no note wins.",
    about:
      "The gap keeps the bar from settling on a pitch: the triangle fits every key. With beater and a loop of gut to hang it from.",
    partials: [
      [1, 0.6],
      [2.32, 0.8],
      [3.87, 0.7],
      [5.13, 0.4],
    ],
  },
  {
    id: "tubular-chime",
    sku: "OT-610",
    name: "Tubular chime",
    category: "Bells",
    price: 96,
    pitch: "E4",
    hertz: 329.63,
    rings: 25,
    finishes: ["Chrome", "Brass"],
    line: "A church tower for the hallway.",
    about:
      "The ear adds the note that a tube does not have: from its fourth, fifth and sixth mode it makes up a strike tone an octave below. Hangs from a bracket of oak.",
    partials: [
      [0.5, 0.25],
      [1, 1],
      [1.52, 0.7],
      [2.14, 0.5],
      [2.83, 0.3],
    ],
  },
];

/** @type {Record<string, { name: string, price: number, when: string }>} */
export const DELIVERY = {
  post: { name: "By post", price: 4.9, when: "3 to 5 days" },
  courier: { name: "By courier", price: 14.5, when: "tomorrow" },
};

/** @param {string} id */
export function findProduct(id) {
  return PRODUCTS.find((product) => product.id === id);
}

const EURO = new Intl.NumberFormat("en-IE", { style: "currency", currency: "EUR" });

/** @param {number} amount */
export function euro(amount) {
  return EURO.format(amount);
}
