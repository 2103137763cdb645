// The deliberate differences from AppMeasurement, each by the first column of its row in README's table.
import { readFileSync } from "node:fs";

/** Rows by recorded scenario. The tests are in tests/e2e/differences-recorded.test.mjs. */
export const recorded = {
  "hier-that-is-not-a-string": "A hierarchy, `account` or `pe` that is not a string",
  "half-a-surrogate-pair": "A lone surrogate",
  "context-data-level-names": "Names of context data levels with `&`, `=`, `#`",
  "requests-wait-for-one-another": "No answer for five seconds",
  "callbacks-and-failing-requests": "A failed hit (image, link or POST)",
  "link-done-action": "A failed hit (image, link or POST)",
  "post-that-fails": "A failed hit (image, link or POST)",
  "link-done-action-of-an-aborted-hit": "The action behind a link",
  "override-link-name-leaks": "Overrides of `linkName`, `useBeacon`, `abort` and the like, if set on `s` too",
  "auto-links-slow-collector": "Clicks on tracked links",
  "offline-hit-limit-of-the-documentation": "`offlineHitLimit` and `offlineLimit`",
  "use-beacon-behind-another-hit": "`useBeacon` on a hit that waits for another",
  "beacon-not-available": "A beacon that the browser refuses",
  "visitor-values-later-and-context-data":
    "Variables changed while a call waits (visitor service, client hints)",
};

/** Rows that no recorded scenario shows. tests/README.md says where the tests are. */
export const others = [
  "The hit of a page that is about to go",
  "A click on a page whose `pageName` is no string",
  "A hit that fails again and again, with `trackOffline`",
  "`Image`, `fetch` or `navigator.sendBeacon` of the page's that throw",
  "A service that throws while a hit is made",
  "A global `s_c_il` that is no list",
  "Form fields and nodes of the page's named like properties of nodes (`parentNode`)",
  "A link with an address of more than 64,000 characters, as with data",
  "A hit of more than 500 KB",
  "Overrides and link variables of a call whose `doPlugins` throws",
  "Report suites that change while hits are buffered",
  "An empty array, or an empty `String` object",
  "A negative `cookieLifetime`",
  "`cookieDomainPeriods` too small for the domain, as 2 for example.co.uk",
  "A cookie named `s_cc` of another path or domain, with another value",
  "The same callback registered twice with the same arguments",
  "A tracking call inside a callback",
  "An error in a callback, in a getter of the page's, or in `doPlugins` behind a click",
  "An opt-in service that has approved analytics already",
  "Destinations without placeholders in `doPostbacks`",
  "`#` in `pev1` to `pev3` set by the page",
  "Properties of overrides that cannot be enumerated (getters of a class)",
  "Two tabs with the same stored hits",
  "Prerendered pages (`document.prerendering`)",
  "Sandboxed frames",
  "A click stored for two trackers, with the same text",
  "Context data named `callback` in a POST",
  "Two trackers for one report suite",
  "`useForcedLinkTracking` switched off after a click",
  "Links inside open shadow roots",
];

const HEADING = "## Where afterhit differs from AppMeasurement";

/** The first column of README's table of differences. */
export function readRows() {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, rest = ""] = readme.split(HEADING);
  const [section = ""] = rest.split("\n## ");
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) => (row.split("|")[1] ?? "").trim());
}
