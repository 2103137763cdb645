// What browsers and their drivers do differently, where it is not what a test is about.
import { testBrowser } from "./find-browser.mjs";

/**
 * Whether an error was thrown. Firefox also reports its warnings as errors; they have no name.
 * @param {Error} error of the event `pageerror`
 */
export const isThrown = ({ name }) => testBrowser() !== "firefox" || name !== "";

/**
 * A URL as the page has made it: WebKitGTK requests what the page has escaped as %7E with the character itself.
 * @param {string} url as it was received
 */
export const asMade = (url) => (testBrowser() === "webkit" ? url.replaceAll("~", "%7E") : url);
