/**
 * The pages from the cart to the confirmation. Nothing is charged, and what visitors type stays in the page: neither
 * name nor email is ever set on `s`.
 *
 * @typedef {import("./pages.js").View} View
 * @typedef {import("./pages.js").Shop} Shop
 * @typedef {{ id: string, lines: readonly import("./cart.js").Line[], products: string, delivery: string, total: number }} Order
 */
import { h } from "../dom.js";
import { cartLines, cartTotal, emptyCart, removeFromCart } from "./cart.js";
import { DELIVERY, euro } from "./catalogue.js";
import { heading, routeLink, strikeButton } from "./components.js";
import { picture } from "./pictures.js";
import { strike } from "./sound.js";
import { productList } from "./tracking.js";

/** @type {Order | undefined} */
let order;
/** The purchase is sent once per order, even if the visitor returns to its confirmation. */
let wasPurchaseSent = false;

/**
 * @param {Shop} shop
 * @returns {View}
 */
export function cartPage({ tracking, go }) {
  const lines = cartLines().map((line) => {
    const remove = h("button", { type: "button", class: "button quiet small" }, "Remove");
    remove.setAttribute("aria-label", `Remove ${line.product.name}, ${line.finish}`);
    remove.addEventListener("click", () => {
      removeFromCart(line);
      tracking.removed(remove, line);
      go("/cart");
    });
    return lineItem(line, remove);
  });
  const full = h(
    "div",
    {},
    h("ul", { class: "lines" }, ...lines),
    h("p", { class: "total" }, h("span", {}, "Total"), h("strong", {}, euro(cartTotal()))),
    h(
      "p",
      { class: "actions" },
      routeLink("/checkout", "button", "Check out"),
      routeLink("/", "button quiet", "Keep browsing"),
    ),
  );
  const empty = h(
    "div",
    {},
    h("p", {}, "It is quiet in here. Pick something that rings."),
    routeLink("/", "button", "See the instruments"),
  );
  return {
    title: "Cart",
    content: h("div", { class: "narrow" }, heading("Your cart"), lines.length > 0 ? full : empty),
    page: { name: "cart", section: "order", events: "scView", products: productList(cartLines()) },
  };
}

/**
 * @param {Shop} shop
 * @returns {View}
 */
export function checkoutPage({ go }) {
  const choices = Object.entries(DELIVERY).map(([id, { name, price, when }], index) =>
    h(
      "label",
      { class: "choice wide" },
      h("input", { type: "radio", name: "delivery", value: id, checked: index === 0 }),
      h("span", {}, h("strong", {}, name), `, ${when}, ${euro(price)}`),
    ),
  );
  const form = h(
    "form",
    { class: "checkout" },
    field("Name", { name: "name", autocomplete: "name", value: "A. Visitor" }),
    field("Email", { name: "email", type: "email", autocomplete: "email", value: "visitor@example.com" }),
    h("fieldset", { class: "choices" }, h("legend", {}, "Delivery"), ...choices),
    h("p", { class: "note" }, "This is a demo: nothing is charged, and name and email are not tracked."),
    h("button", { class: "button", type: "submit" }, "Place the order"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const delivery = String(new FormData(form).get("delivery"));
    order = {
      id: `OT-${Date.now().toString(36).toUpperCase()}`,
      lines: cartLines(),
      products: productList(cartLines()),
      delivery,
      total: cartTotal() + (DELIVERY[delivery]?.price ?? 0),
    };
    wasPurchaseSent = false;
    emptyCart();
    go("/thanks");
  });
  return {
    title: "Checkout",
    content: h("div", { class: "narrow" }, heading("Checkout"), form),
    page: { name: "checkout", section: "order", events: "scCheckout", products: productList(cartLines()) },
  };
}

/**
 * @param {Shop} shop
 * @returns {View}
 */
export function thanksPage({ tracking }) {
  const newOrder = wasPurchaseSent ? undefined : order;
  wasPurchaseSent = true;
  return {
    title: "Thank you",
    content: h(
      "div",
      { class: "narrow" },
      heading("Thank you"),
      order ? confirmation(order, tracking) : h("p", {}, "There is no order yet."),
      routeLink("/", "button", "Back to the instruments"),
    ),
    page: {
      name: "thanks",
      section: "order",
      ...(newOrder && {
        events: "purchase,event7",
        products: newOrder.products,
        purchaseID: newOrder.id,
        eVar2: DELIVERY[newOrder.delivery]?.name ?? "",
      }),
    },
  };
}

/**
 * @param {Order} order
 * @param {import("./tracking.js").Tracking} tracking
 */
function confirmation({ id, lines, total }, tracking) {
  const items = lines.map((line) => {
    const button = strikeButton(line.product, (pressed) => {
      strike(line.product);
      tracking.struck(pressed, line.product);
    });
    button.classList.add("small");
    return lineItem(line, button);
  });
  return h(
    "div",
    {},
    h("p", {}, "Order ", h("strong", {}, id), " is placed. Until it arrives, it rings here."),
    h("ul", { class: "lines" }, ...items),
    h("p", { class: "total" }, h("span", {}, "With delivery"), h("strong", {}, euro(total))),
  );
}

/**
 * @param {import("./cart.js").Line} line
 * @param {HTMLButtonElement} button
 */
function lineItem({ product, finish, quantity }, button) {
  return h(
    "li",
    { class: "line", "data-rings": true },
    h("span", { class: "plate tiny" }, picture(product.id)),
    h("span", { class: "line-name" }, h("strong", {}, product.name), h("small", {}, finish)),
    h("span", { class: "line-price" }, `${quantity} × ${euro(product.price)}`),
    button,
  );
}

/**
 * @param {string} label
 * @param {Record<string, string>} attributes
 */
function field(label, attributes) {
  return h(
    "label",
    { class: "field" },
    h("span", { class: "field-name" }, label),
    h("input", { required: true, ...attributes }),
  );
}
