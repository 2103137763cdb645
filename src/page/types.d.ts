/**
 * The exports of the Rust core. They take and return numbers only: ids of trackers and calls, numbers of registrations.
 * Strings go through the mailbox (mailbox.js): what is called an argument or a result here does.
 */
export interface Core {
  memory: WebAssembly.Memory;
  t(id: number): void;
  clearVars(id: number): void;
  /** Argument: report suites. */
  sa(id: number): void;
  /** These return the number of a registration. */
  registerPreTrackCallback(id: number): number;
  registerPostTrackCallback(id: number): number;
  registerTrackFailureCallback(id: number): number;
  unregister(registration: number): void;
  onResponse(id: number, call: number, ok: boolean, tookMs: number): void;
  onTimer(id: number): void;
  /** Argument: status NUL reason. */
  onGivenUp(id: number, call: number): void;
  /**
   * Arguments: 1 if the hit is in session storage, the claim's name, the key of the list, request URL. Returns for how many
   * milliseconds to hold the lock, or after how many to call again.
   */
  onClaim(id: number, call: number, event: number): number;
  /** `flag`: whether the document is hidden; for events of the navigation, whether the document will be replaced. */
  onPageEvent(event: number, flag: boolean): void;
  /** Arguments: directive, disposition, blocked URL. */
  onCspViolation(): void;
  bufferRequests(id: number, on: boolean): void;
  forceOffline(id: number, on: boolean): void;
  /** Arguments: address, `s.pageURL`, the page's URL, name, delimiter; empty if the page gave none. Result: the value. */
  queryParameter(): void;
  /** Argument: text. Result: the text with percent escapes. */
  encode(): void;
  /** Result: the slots of the variables that a hit would send. */
  sentSlots(id: number): void;
  /** Argument: name. Returns the slot of the variable, -1 for other names. */
  slot(): number;
  /** Argument: name. Result: the value as it is stored. */
  readCookie(): void;
  /**
   * Arguments: name, value. `kind` of expiry: 0 none, 1 the number 1, 2 a date that is `secondsLeft` away, NaN if it is no date.
   * Returns whether the cookie is there afterwards.
   */
  writeCookie(id: number, kind: number, secondsLeft: number): number;
  /** Arguments: two lists of report suites. */
  sharesSuite(): number;
  addTracker(id: number): void;
  resume(id: number): void;
  /** Returns 0 if a hit would be made at once, else the milliseconds after which to ask again. */
  isReadyToTrack(id: number): boolean;
  delayReady(id: number): void;
  /** Arguments: id and URL of a destination. */
  destination(): void;
  /** Argument: names and values. */
  onVisitorValues(id: number): void;
  onMaxDelay(id: number): void;
  /** Argument: name given by the page. Result: the name of the current element's link. */
  linkName(id: number): void;
  /** Result: the region of the current element. */
  linkRegion(id: number): void;
}
