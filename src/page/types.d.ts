/** What the Rust core exports to the hands and the entry points. */
export interface Core {
  t(tracker: number, overrides: unknown): void;
  tl(tracker: number, link: unknown, kind: unknown, name: unknown, overrides: unknown, action: unknown): void;
  clearVars(tracker: number): void;
  registerPreTrackCallback(tracker: number, list: unknown[]): () => void;
  registerPostTrackCallback(tracker: number, list: unknown[]): () => void;
  registerTrackFailureCallback(tracker: number, list: unknown[]): () => void;
  unregister(registration: number): void;
  answered(call: number, ok: boolean): void;
  woken(tracker: number): void;
  happened(event: number, hidden: boolean): void;
  refused(directive: string, url: string): void;
  claimed(call: number, ok: boolean): void;
  holdBack(tracker: number, buffers: boolean, begins: boolean): void;
  queryParameter(address: string, name: string, delimiter: string): string;
  encode(text: string): string;
  readCookie(name: string): string;
  writeCookie(tracker: number, name: string, value: string, seconds: number): boolean;
  version(): string;
  sharesSuite(one: string, other: string): boolean;
  findTracker(suites: string): number;
  addTracker(tracker: number): void;
  sa(tracker: number, suites: string): void;
  resume(tracker: number): void;
  mayTrack(tracker: number): boolean;
  identified(tracker: number, pairs: string): void;
  hinted(tracker: number, pairs: string): void;
  undelay(tracker: number, isOver: boolean): void;
  linkName(element: unknown, given: string): string;
  linkRegion(tracker: number, element: unknown): string;
}
