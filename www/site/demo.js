/**
 * The demo: the shop, with the inspector beside it.
 */
import { byId } from "./dom.js";
import { startInspector } from "./inspector/inspector.js";
import { watchTracker } from "./inspector/watch-tracker.js";
import { startShop } from "./shop/shop.js";

const records = startInspector();
if (window.s) startShop(window.s, watchTracker(window.s, records));
else byId("shop-page").textContent = "dist/afterhit.js is missing. Run npm run build, then reload the page.";
