// What happens in a page between two commands. WebDriver does not tell of errors and console lines, so there the page itself
// keeps them until the next command takes them. The sites of the tests put this tag at the start of their pages.
import { testBrowser } from "./find-browser.mjs";

/**
 * @typedef {{ event: "pageerror", message: string }} ErrorReport
 * @typedef {{ event: "console", type: string, text: string }} ConsoleReport
 */

const script = `{
  const reports = (window.__reports = []);
  const tell = (error) => reports.push({ event: "pageerror", message: String(error?.message ?? error) });
  addEventListener("error", (event) => event.message && tell(event.error ?? event.message));
  addEventListener("unhandledrejection", (event) => tell(event.reason));
  for (const type of ["log", "info", "warn", "error"]) {
    const write = console[type];
    console[type] = (...list) => {
      reports.push({ event: "console", type: type === "warn" ? "warning" : type, text: list.map(String).join(" ") });
      write.apply(console, list);
    };
  }
}`;

/** Empty where the browser tells. */
export const reportTag = testBrowser() === "webkit" ? `<script>${script}</script>` : "";
