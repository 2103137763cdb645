/**
 * What the Rust core exports to the hands and the entry points. Texts that go with a call are given beforehand, and what is
 * replied is read behind it (texts.js).
 */
export interface Core {
  memory: WebAssembly.Memory;
  t(n: number): void;
  tl(n: number): void;
  clearVars(n: number): void;
  registerPreTrackCallback(n: number): number;
  registerPostTrackCallback(n: number): number;
  registerTrackFailureCallback(n: number): number;
  unregister(registration: number): void;
  answered(n: number, call: number, ok: boolean, took: number): void;
  woken(n: number): void;
  happened(event: number, so: boolean): void;
  refused(): void;
  claimed(n: number, call: number, ok: boolean): void;
  holdBack(n: number, buffers: boolean, begins: boolean): void;
  queryParameter(): void;
  encode(): void;
  slot(): number;
  readCookie(): void;
  writeCookie(n: number, seconds: number): number;
  version(): void;
  sharesSuite(): number;
  findTracker(): number;
  addTracker(n: number): void;
  sa(n: number): void;
  resume(n: number): void;
  mayTrack(n: number): number;
  identified(n: number): void;
  hinted(n: number): void;
  undelay(n: number, isOver: boolean): void;
  linkName(): void;
  linkRegion(n: number): void;
}
