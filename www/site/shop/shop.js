/**
 * The single-page shop: shows the page for a URL and sends its page view.
 */
import { byId } from "../dom.js";
import { cartCount, onCartChange } from "./cart.js";
import { viewFor } from "./pages.js";
import { createTracking } from "./tracking.js";

/**
 * @param {import("../types.js").Tracker} s
 * @param {() => void} afterCall runs after every tracking call
 */
export function startShop(s, afterCall) {
  const tracking = createTracking(s, afterCall);
  const main = byId("shop-page");

  function show() {
    const { title, content, page } = viewFor(location.pathname, { tracking, go });
    document.title = `${title} | Overtone`;
    main.replaceChildren(content);
    for (const link of document.querySelectorAll("#shop nav a"))
      if (link.getAttribute("href") === location.pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    tracking.pageView(page);
  }

  /** @param {string} path */
  function go(path) {
    if (path === location.pathname) history.replaceState(null, "", path);
    else history.pushState(null, "", path);
    show();
    scrollTo({ top: 0, behavior: "instant" });
    byId("shop-heading").focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[data-route]") : null;
    if (!link) return;
    event.preventDefault();
    go(link.getAttribute("href") ?? "/");
  });
  addEventListener("popstate", show);
  onCartChange(showCount);
  showCount();
  show();
}

function showCount() {
  const count = cartCount();
  byId("cart-count").textContent = count > 0 ? ` (${count})` : "";
}
