/**
 * The inspector alone, for the hits of any page that sends them here.
 */
import { startPanel } from "./inspector/panel.js";

startPanel();
