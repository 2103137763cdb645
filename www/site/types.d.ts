/** Types of the tracker, the decoder (src/inspect) and the collector that the demo uses. */
import type { Outcome, Tracker } from "../../src/entry/afterhit.js";

export type { Hit as Decoded, Pair } from "../../src/inspect/types.d.ts";
export type { Outcome, Tracker };

export type Hit = import("../collector/hits.mjs").Hit;

declare global {
  interface Window {
    s?: Tracker;
  }
  function s_gi(suites: string): Tracker;
}
