/**
 * The demo: the shop, and beside it the inspector.
 */
import { byId } from "./dom.js";
import { startPanel } from "./inspector/panel.js";
import { watchTracker } from "./inspector/watch.js";
import { startShop } from "./shop/shop.js";

const lives = startPanel();
if (window.s) startShop(window.s, watchTracker(window.s, lives));
else
  byId("shop-page").textContent = "dist/afterhit.js is not there. Build it with npm run build, then reload.";
