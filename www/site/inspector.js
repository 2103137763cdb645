/**
 * The inspector without the shop, for hits from any page.
 */
import { startInspector } from "./inspector/inspector.js";

startInspector();
