/**
 * What the shop tracks: sets variables on `s` and calls the tracker, for every page and every relevant click.
 *
 * @typedef {import("../types.js").Tracker} Tracker
 * @typedef {import("./cart.js").Line} Line
 * @typedef {import("./catalogue.js").Product} Product
 * @typedef {{ name: string, section: string } & Partial<Record<keyof typeof EMPTY_VARIABLES, string>>} Page
 */
import { cartCount } from "./cart.js";

/** Every page view sets all of these, so that no value is left over from a hit that is still waiting. */
const EMPTY_VARIABLES = {
  events: "",
  products: "",
  purchaseID: "",
  pageType: "",
  eVar1: "",
  eVar2: "",
  eVar3: "",
};

/**
 * @param {Tracker} s
 * @param {() => void} afterCall runs after every tracking call
 */
export function createTracking(s, afterCall) {
  let currentSection = "";

  /**
   * @param {Element} element
   * @param {"o" | "d" | "e"} type
   * @param {string} name
   * @param {{ events?: string, products?: string, eVar5?: string, contextData?: Record<string, string> }} [values]
   */
  function link(element, type, name, { events = "", products = "", eVar5 = "", contextData = {} } = {}) {
    s.linkTrackVars = ["prop1", "events", "products", "eVar5"]
      .concat(Object.keys(contextData).map((key) => `contextData.${key}`))
      .join();
    s.linkTrackEvents = events || "None";
    Object.assign(s, { prop1: currentSection, events, products, eVar5, contextData });
    s.tl(element, type, name);
    afterCall();
  }

  return {
    /** @param {Page} page */
    pageView({ name, section, ...values }) {
      currentSection = section;
      Object.assign(
        s,
        EMPTY_VARIABLES,
        { pageName: `overtone:${name}`, pageURL: location.href, channel: section, prop1: section },
        values,
      );
      s.contextData = { "shop.cart.items": String(cartCount()), "shop.display": display() };
      s.t();
      afterCall();
    },
    /** @param {Element} button @param {Product} product */
    struck(button, product) {
      link(button, "o", `Strike ${product.name}`, {
        events: "event5",
        eVar5: product.pitch,
        contextData: { "sound.hertz": String(product.hertz) },
      });
    },
    /** @param {Element} button @param {Product} product @param {string} finish */
    added(button, product, finish) {
      link(button, "o", `Add ${product.name} to cart`, {
        events: "scAdd",
        products: productList([{ product, finish, quantity: 1 }]),
      });
    },
    /** @param {Element} button @param {Line} line */
    removed(button, line) {
      link(button, "o", `Remove ${line.product.name}`, {
        events: "scRemove",
        products: productList([line]),
      });
    },
    /** @param {Element} anchor */
    download(anchor) {
      link(anchor, "d", "Care guide");
    },
    /** @param {Element} anchor */
    exit(anchor) {
      link(anchor, "e", "Wikipedia: strike tone");
    },
  };
}

/** @typedef {ReturnType<typeof createTracking>} Tracking */

/**
 * The `products` variable: `category;sku;quantity;price;events;eVars` for each line, separated by commas.
 *
 * @param {readonly Line[]} lines
 */
export function productList(lines) {
  return lines
    .map(({ product, finish, quantity }) =>
      [
        product.category,
        product.sku,
        quantity,
        (product.price * quantity).toFixed(2),
        "",
        `eVar6=${finish}`,
      ].join(";"),
    )
    .join(",");
}

function display() {
  return `${matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"}, ${innerWidth} wide`;
}
