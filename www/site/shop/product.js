/**
 * The page of one product: finishes, add to cart, a care guide to download, and a link to Wikipedia.
 *
 * @typedef {import("./pages.js").View} View
 * @typedef {import("./pages.js").Shop} Shop
 */
import { h } from "../dom.js";
import { addToCart } from "./cart.js";
import { euro } from "./catalogue.js";
import { heading, ringing, routeLink, strikeButton } from "./components.js";
import { picture } from "./pictures.js";
import { strike } from "./sound.js";

/**
 * @param {Shop} shop
 * @param {import("./catalogue.js").Product} product
 * @returns {View}
 */
export function productPage({ tracking }, product) {
  const added = h("p", { class: "added", role: "status" });
  const finishes = product.finishes.map((finish, index) =>
    h(
      "label",
      { class: "choice" },
      h("input", { type: "radio", name: "finish", value: finish, checked: index === 0 }),
      h("span", {}, finish),
    ),
  );
  const form = h(
    "form",
    {},
    h("fieldset", { class: "choices" }, h("legend", {}, "Finish"), ...finishes),
    h(
      "div",
      { class: "actions" },
      h("button", { class: "button", type: "submit" }, "Add to cart"),
      strikeButton(product, (button) => {
        strike(product);
        tracking.struck(button, product);
      }),
    ),
    added,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const finish = String(new FormData(form).get("finish"));
    addToCart(product, finish);
    tracking.added(event.submitter ?? form, product, finish);
    added.replaceChildren(`${product.name} is in your cart. `, routeLink("/cart", "", "Go to the cart"));
  });
  return {
    title: product.name,
    content: h(
      "div",
      { class: "product", "data-rings": true },
      h("div", { class: "plate large" }, picture(product.id), ringing(product)),
      h(
        "div",
        { class: "product-text" },
        h("p", { class: "crumb" }, routeLink("/", "", "Instruments"), ` / ${product.category}`),
        heading(product.name),
        h("p", { class: "price" }, euro(product.price)),
        h("p", {}, product.about),
        facts(product),
        form,
        furtherLinks(tracking),
      ),
    ),
    page: {
      name: `product:${product.id}`,
      section: "product",
      events: "prodView",
      products: `${product.category};${product.sku}`,
      eVar1: product.name,
      eVar2: product.category,
      eVar3: product.pitch,
    },
  };
}

/** @param {import("./catalogue.js").Product} product */
function facts(product) {
  /** @type {[string, string][]} */
  const rows = [
    ["Pitch", product.pitch],
    ["Frequency", `${product.hertz} Hz`],
    ["Rings for", `${product.rings} s`],
  ];
  return h(
    "dl",
    { class: "facts" },
    ...rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** @param {import("./tracking.js").Tracking} tracking */
function furtherLinks(tracking) {
  const guide = h(
    "a",
    { href: "/downloads/overtone-care-guide.pdf", download: true },
    "Download the care guide (PDF)",
  );
  guide.addEventListener("click", () => tracking.download(guide));
  const article = h(
    "a",
    { href: "https://en.wikipedia.org/wiki/Strike_tone", target: "_blank", rel: "noopener" },
    "Why a bell has a note (Wikipedia, new tab)",
  );
  article.addEventListener("click", () => tracking.exit(article));
  return h("ul", { class: "further" }, h("li", {}, guide), h("li", {}, article));
}
