/** Types of the tracker, the decoder (src/inspect) and the collector that the demo uses. */
import type { Outcome, Tracker } from "../../src/entry/afterhit.js";

export type { Outcome, Tracker };

export interface Variable {
  name: string;
  parameter: string;
  value: string;
  /** Adobe's limit in bytes, 0 if there is none. */
  limit: number;
  over: boolean;
}

export interface Pair {
  name: string;
  value: string;
}

export interface Parameter {
  parameter: string;
  value: string;
}

export interface Decoded {
  collector: string;
  suites: string[];
  version: string;
  kind: "page view" | "custom link" | "download link" | "exit link" | "light" | "other";
  complete: boolean;
  time: string;
  variables: Variable[];
  contextData: Pair[];
  activityMap: Pair[];
  hints: Pair[];
  customerIds: Pair[];
  envelope: Parameter[];
  unknown: Parameter[];
}

export type Hit = import("../collector/hits.mjs").Hit;

declare global {
  interface Window {
    s?: Tracker;
  }
  function s_gi(suites: string): Tracker;
}
