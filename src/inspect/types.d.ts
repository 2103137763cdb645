// The TypeScript declarations of exports.rs and stream.rs; wasm-bindgen copies them into dist/inspect/afterhit.d.ts.

/** A decoded hit. */
export interface Hit {
  /** The tracking server; empty if the URL starts with its path. */
  collector: string;
  /** Whether the scheme is https. */
  secure: boolean;
  /** The report suites. */
  suites: string[];
  /** How the hit reached the collector. */
  path: "image" | "mobile" | "audience" | "other";
  /** The library and its version: `JS-2.27.0`. */
  version: string;
  /** `tagContainerMarker`. */
  marker: string;
  kind: "page view" | "custom link" | "download link" | "exit link" | "light" | "other";
  /** Whether the request has its last parameter; without it the request was truncated. */
  complete: boolean;
  /** The visitor's local time: `D/M/YYYY h:m:s W O`. */
  time: string;
  /** The variables, in the order of the request. */
  variables: Variable[];
  /** `contextData`, with dotted names. */
  contextData: Pair[];
  /** The click, as reported by Activity Map. */
  activityMap: Click[];
  /** Client hints. */
  hints: Pair[];
  /** Customer ids: `NAME.id` and `NAME.as`. */
  customerIds: Pair[];
  /** Parameters of the audience management module. */
  audience: Pair[];
  /** Parameters that every request has and that belong to no variable. */
  envelope: Parameter[];
  /** Parameters that fit none of the above. */
  unknown: Parameter[];
}

export interface Variable {
  /** Its name on `s`. */
  name: string;
  /** Its name in the request. */
  parameter: string;
  value: string;
  /** The documented limit in bytes, 0 if there is none. */
  limit: number;
  /** Whether the value is longer than `limit`. */
  over: boolean;
}

export interface Pair {
  name: string;
  value: string;
}

export interface Click extends Pair {
  /** The report suite that the click belongs to; empty if it belongs to all suites of the hit. */
  suite: string;
}

export interface Parameter {
  parameter: string;
  value: string;
}

/** A variable that a request can hold. */
export interface Name {
  name: string;
  parameter: string;
  /** The documented limit in bytes, 0 if there is none. */
  limit: number;
  /** Whether `clearVars` clears it. */
  cleared: boolean;
}

/** A line of a file of hits. */
export interface Line {
  /** Its number, from 1. */
  number: number;
  /** The parsed JSON object, or the line itself if it is not one. */
  record: unknown;
  hit: Hit | null;
  /** Why there is no hit. */
  error: string | null;
}
