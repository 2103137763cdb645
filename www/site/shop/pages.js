/**
 * The shop's pages: each has a title, content, and the page view that it sends.
 *
 * @typedef {import("./tracking.js").Page} Page
 * @typedef {{ title: string, content: HTMLElement, page: Page }} View
 * @typedef {{ tracking: import("./tracking.js").Tracking, go: (path: string) => void }} Shop
 */
import { h } from "../dom.js";
import { cartLines } from "./cart.js";
import { euro, findProduct, PRODUCTS } from "./catalogue.js";
import { cartPage, checkoutPage, thanksPage } from "./checkout.js";
import { heading, ringing, routeLink, sign, strikeButton } from "./components.js";
import { picture } from "./pictures.js";
import { productPage } from "./product.js";
import { strike } from "./sound.js";

/**
 * @param {string} path
 * @param {Shop} shop
 * @returns {View}
 */
export function viewFor(path, shop) {
  if (path === "/") return listPage(shop);
  if (path === "/cart") return cartPage(shop);
  if (path === "/checkout") return cartLines().length > 0 ? checkoutPage(shop) : cartPage(shop);
  if (path === "/thanks") return thanksPage(shop);
  const product = findProduct(path.replace(/^\/products\//, ""));
  return product ? productPage(shop, product) : missingPage();
}

/**
 * @param {Shop} shop
 * @returns {View}
 */
function listPage({ tracking }) {
  const items = PRODUCTS.map((product) =>
    h(
      "li",
      { class: "item", "data-rings": true },
      routeLink(
        `/products/${product.id}`,
        "item-link",
        h("span", { class: "plate" }, picture(product.id), ringing(product)),
        h("span", { class: "item-name" }, product.name),
      ),
      h("p", { class: "item-line" }, product.line),
      h(
        "p",
        { class: "item-foot" },
        h("strong", {}, euro(product.price)),
        h("span", {}, `${product.pitch}, rings ${product.rings} s`),
      ),
      strikeButton(product, (button) => {
        strike(product);
        tracking.struck(button, product);
      }),
    ),
  );
  return {
    title: "Things that ring",
    content: h(
      "div",
      {},
      h(
        "div",
        { class: "hero" },
        h(
          "div",
          {},
          heading("Things that ring."),
          h("p", {}, "A hit takes a millisecond. What we sell is everything after it."),
        ),
        sign(),
      ),
      h("ul", { class: "items" }, ...items),
    ),
    page: { name: "home", section: "instruments", events: "event1" },
  };
}

/** @returns {View} */
function missingPage() {
  return {
    title: "Nothing rings here",
    content: h(
      "div",
      { class: "narrow" },
      heading("Nothing rings here"),
      h("p", {}, "There is no page at this address."),
      routeLink("/", "button", "See the instruments"),
    ),
    page: { name: "not found", section: "errors", pageType: "errorPage" },
  };
}
