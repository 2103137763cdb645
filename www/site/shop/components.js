/**
 * Components that several pages of the shop share.
 *
 * @typedef {import("./catalogue.js").Product} Product
 */
import { drawing, h } from "../dom.js";
import { wavePath } from "../wave.js";

/**
 * The heading of a page. It receives focus when the page is shown, so that a screen reader announces the page.
 *
 * @param {...import("../dom.js").Child} children
 */
export function heading(...children) {
  return h("h1", { tabindex: -1, id: "shop-heading" }, ...children);
}

/**
 * The wave of a product's sound, drawn from its pitch and duration.
 *
 * @param {Product} product
 */
export function ringing(product) {
  const cycles = 8 + Math.log2(product.hertz / 60) * 5;
  const damping = 14 / Math.sqrt(product.rings);
  const path = wavePath({ width: 400, height: 56, cycles, damping });
  return drawing("0 -2 400 60", `<path class="wave" d="${path}" pathLength="1"/>`, "ringing");
}

/** The shop's sign: a strike and the wave that follows it. */
export function sign() {
  const path = wavePath({ width: 470, height: 120, cycles: 13, damping: 3.2 });
  return drawing(
    "0 -4 480 128",
    `<path class="sign-hit" d="M4 6v108"/><path class="wave" d="${path}" pathLength="1" transform="translate(10)"/>`,
    "sign",
  );
}

/**
 * @param {string} href
 * @param {string} className
 * @param {...import("../dom.js").Child} children
 */
export function routeLink(href, className, ...children) {
  return h("a", { href, class: className, "data-route": true }, ...children);
}

/**
 * A button that strikes the product beside it: runs `onStrike` and animates its wave.
 *
 * @param {Product} product
 * @param {(button: Element) => void} onStrike
 */
export function strikeButton(product, onStrike) {
  const button = h(
    "button",
    {
      type: "button",
      class: "button quiet strike",
      "aria-label": `Strike the ${product.name.toLowerCase()}`,
    },
    drawing(
      "0 0 20 20",
      `<path class="icon-line" d="M3 17 11 9"/><circle class="icon-dot" cx="13.5" cy="6.5" r="4"/>`,
      "icon",
    ),
    "Strike",
  );
  button.addEventListener("click", () => {
    onStrike(button);
    const animated = button.closest("[data-rings]");
    animated?.classList.remove("struck");
    requestAnimationFrame(() => animated?.classList.add("struck"));
  });
  return button;
}
