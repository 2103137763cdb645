// The types of the npm package. Names, and what they do, are those of Adobe's AppMeasurement for JavaScript:
// https://experienceleague.adobe.com/en/docs/analytics/implementation/vars/overview

// biome-ignore lint/suspicious/noExplicitAny: what belongs to other scripts
type Foreign = any;

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Positive = Exclude<Digit, 0>;
type To75 = Positive | `${1 | 2 | 3 | 4 | 5 | 6}${Digit}` | `7${0 | 1 | 2 | 3 | 4 | 5}`;
type To250 = Positive | `${Positive}${Digit}` | `1${Digit}${Digit}` | `2${0 | 1 | 2 | 3 | 4}${Digit}` | "250";

/** What a variable may hold; everything is sent as text. */
export type Value = string | number | boolean | null | undefined;

/** A list as text, or an array whose items are joined by commas. */
export type List = Value | readonly Value[];

/** Off unless set; after a hit some of them hold 0. */
export type Flag = boolean | 0 | 1 | undefined;

/** A number, or a text that starts with one. */
export type Amount = number | string;

/** Variables with a number: props, eVars, lists and hierarchies. */
export type NumberedVariables = {
  [name in `prop${To75}` | `eVar${To250}` | `list${1 | 2 | 3}` | `hier${1 | 2 | 3 | 4 | 5}`]?: Value;
};

/** Variables that describe the page and what happens on it. */
export interface PageVariables extends NumberedVariables {
  pageName?: Value;
  pageURL?: Value;
  /** `"errorPage"` on pages for errors, where no `pageName` is set. */
  pageType?: Value;
  referrer?: Value;
  channel?: Value;
  server?: Value;
  campaign?: Value;
  /** For example `"event1,event2=10,purchase:order17"`. */
  events?: List;
  /** For example `"Shoes;SKU-1;2;59.80;event1=3;eVar2=red"`, products separated by commas. */
  products?: List;
  purchaseID?: Value;
  transactionID?: Value;
  currencyCode?: Value;
  state?: Value;
  zip?: Value;
  latitude?: Value;
  longitude?: Value;
  visitorID?: Value;
  marketingCloudVisitorID?: Value;
  analyticsVisitorID?: Value;
  supplementalDataID?: Value;
  customerPerspective?: Value;
  tnt?: Value;
  /** Seconds since 1970 or ISO 8601, for suites that take timestamps. */
  timestamp?: Value;
  /** Named values that processing rules pick up; dots in their names make levels. */
  contextData?: Record<string, Value>;
  events2?: List;
  variableProvider?: Value;
  audienceManagerLocationHint?: Value;
  marketingCloudOrgID?: Value;
  /** The visitor id of the cookie `s_fid`; set by the tracker. */
  fid?: Value;
  audienceManagerBlob?: Value;
  authState?: Value;
  ms_a?: Value;
  /** The profile of a light hit, see `trackLight`. */
  lightProfileID?: Value;
  lightStoreForSeconds?: Value;
  lightIncrementBy?: Value;
  retrieveLightProfiles?: Value;
  deleteLightProfiles?: Value;
  /** What kind of hit it is, unless it is a page view: set by the tracker for links, by media libraries for theirs. */
  pe?: Value;
  /** These three are sent as they are, so they must be escaped. */
  pev1?: Value;
  pev2?: Value;
  pev3?: Value;
  /** What does not fit into `pageURL`. */
  pageURLRest?: Value;
  /** Hints that the browser has been asked for, or those that the page has. */
  clientHints?: Record<string, Value>;
  /** What the tracker has seen of the browser, to be read from the first hit on. */
  resolution?: Value;
  colorDepth?: Value;
  javascriptVersion?: Value;
  javaEnabled?: Value;
  cookiesEnabled?: Value;
  browserWidth?: Value;
  browserHeight?: Value;
  connectionType?: Value;
  homepage?: Value;
}

/** How hits are made and sent. */
export interface Settings {
  trackingServer?: string;
  trackingServerSecure?: string;
  visitorNamespace?: string;
  charSet?: string;
  cookieDomainPeriods?: Amount;
  fpCookieDomainPeriods?: Amount;
  cookieLifetime?: Amount;
  writeSecureCookies?: Flag;
  dynamicVariablePrefix?: string;
  /** The variables that links send, separated by commas; `"None"` for none. */
  linkTrackVars?: string | readonly string[];
  /** The events that links send, separated by commas; `"None"` for none. */
  linkTrackEvents?: string | readonly string[];
  linkDownloadFileTypes?: string | readonly string[];
  linkInternalFilters?: string | readonly string[];
  linkExternalFilters?: string | readonly string[];
  linkLeaveQueryString?: Flag;
  linkName?: Value;
  linkType?: LinkType | "" | 0;
  linkURL?: Value;
  /** The element that was clicked, or `true`. */
  linkObject?: object | boolean | 0 | null;
  /** What has been clicked, while the click is tracked. */
  clickObject?: object | 0 | null;
  trackDownloadLinks?: Flag;
  trackExternalLinks?: Flag;
  /** Sends no hit for the call in which it is true. */
  abort?: Flag;
  /** Sends the next hit with `navigator.sendBeacon`. */
  useBeacon?: Flag;
  /** Says on the console what is sent. */
  debugTracking?: Flag;
  /** How long modules may delay hits, in milliseconds; 250 unless set. */
  maxDelay?: Amount;
  account?: string;
  dc?: string | number;
  /** Whether hits go by https; that of the page unless set. */
  ssl?: Flag;
  mobile?: Flag;
  tagContainerMarker?: string;
  visitorMigrationKey?: string;
  /** The older name of `visitorMigrationKey`. */
  vmk?: string;
  visitorMigrationServer?: string;
  visitorMigrationServerSecure?: string;
  /** Percentage of visitors whose hits are sent. */
  visitorSampling?: Amount;
  visitorSamplingGroup?: string;
  decodeLinkParameters?: Flag;
  /** How long the action of `tl` waits for the response, in milliseconds. */
  forcedLinkTrackingTimeout?: Amount;
  /** If false, clicks are tracked after the page has handled them. */
  useForcedLinkTracking?: Flag;
  trackClickMap?: Flag;
  trackInlineStats?: Flag;
  useLinkTrackSessionStorage?: Flag;
  lightTrackVars?: string | readonly string[];
  collectHighEntropyUserAgentHints?: Flag;
  expectSupplementalData?: Flag;
  usePostbacks?: Flag;
  /** Nothing is sent. The visitor service sets it. */
  visitorOptedOut?: Value;
  /** Keeps hits in local storage while there is no connection. */
  trackOffline?: Flag;
  /** How many hits are kept, the newest; 10 unless set. */
  offlineHitLimit?: Amount;
  /** The same, as AppMeasurement knows it. */
  offlineLimit?: Amount;
  /** The least time from one request to the next with `trackOffline`, in milliseconds. */
  offlineThrottleDelay?: Amount;
  storageFilename?: string;
  /** Hits under way at a time; 1 unless set. More than that is for suites that take timestamps. */
  maxConcurrentHits?: Amount;
  /** Tracking calls that are made in ten seconds, at least 1000; those beyond are ignored. */
  maxHitsPer10Seconds?: Amount;
  usePlugins?: Flag;
  /** The tag container that serves the page, see `setTagContainer`. */
  tagContainerName?: string;
  /** The version of AppMeasurement whose requests are sent; what is appended to it is sent in the path. */
  version?: string;
  visitor?: Visitor;
  /** Runs before each hit is made. */
  doPlugins?: ((s: Tracker) => void) | undefined;
}

/** Custom link, download link, exit link. */
export type LinkType = "o" | "d" | "e";

/** What became of a tracking call. */
export interface Outcome {
  status: "delivered" | "queued" | "buffered" | "aborted" | "ignored" | "failed";
  /** The URL requested, whole; empty when there was none. */
  requestUrl: string;
  /** How often it was sent. */
  attempts: number;
  /** Why it was not delivered; empty when it was. */
  reason: string;
}

/** Takes a registration back. */
export type Unregister = () => void;

export interface Methods {
  /** Sends a page view. `overrides` are for this call, `variables` are set for good. */
  t(overrides?: Overrides | null, variables?: Overrides | null): void;
  /** The same as {@link t}. */
  track(overrides?: Overrides | null, variables?: Overrides | null): void;
  /**
   * Sends a link.
   * @param link the element that was clicked, or `true` if there is none
   * @param action runs when the link has been sent: a function, or `"navigate"` to open the address of the element
   */
  tl(
    link: object | boolean | string | null | undefined,
    type: LinkType,
    name?: Value,
    overrides?: Overrides | null,
    action?: "navigate" | (() => void) | null,
  ): void;
  /** The same as {@link tl}. */
  trackLink: Methods["tl"];
  /** Clears props, eVars, lists, hierarchies, events, products, campaign and their like. */
  clearVars(): void;
  /** Sets the report suites, separated by commas. */
  sa(account: string): void;
  /** The same as {@link sa}. */
  setAccount(account: string): void;
  /** Runs when a request is complete and before it is sent. */
  registerPreTrackCallback<Args extends unknown[]>(
    callback: (requestUrl: string, ...args: Args) => void,
    ...args: Args
  ): Unregister;
  /** Runs when the collector has answered a hit. */
  registerPostTrackCallback<Args extends unknown[]>(
    callback: (requestUrl: string, ...args: Args) => void,
    ...args: Args
  ): Unregister;
  /** Runs when a hit is given up. */
  registerTrackFailureCallback<Args extends unknown[]>(
    callback: (requestUrl: string, reason: string, ...args: Args) => void,
    ...args: Args
  ): Unregister;
  /** The outcome of the latest tracking call; never rejected. */
  outcome(): Promise<Outcome>;
  /** Sends a light hit of a profile. */
  trackLight(profile: string, storeForSeconds?: number, incrementBy?: number, overrides?: Overrides): void;
  /** Keeps hits for the next page; `false` sends them. */
  bufferRequests(on?: boolean): void;
  /** Treats the browser as offline: hits wait. */
  forceOffline(): void;
  /** Treats it as online again. */
  forceOnline(): void;
  /** Whether a hit would be made at once. */
  isReadyToTrack(): boolean;
  /** Runs a function once hits can be made. */
  callbackWhenReadyToTrack(object: unknown, callback: (...args: unknown[]) => void, args?: unknown[]): void;
  /** Tells the tracker that a module no longer delays hits. */
  delayReady(): void;
  loadModule(name: string, onLoad?: (s: Tracker, module: Foreign) => void): void;
  /** What a response for audience management calls. */
  doPostbacks(data: unknown): void;
  /** Reads a cookie; empty if there is none. */
  cookieRead: Util["cookieRead"];
  /** The same as {@link cookieRead}. */
  c_r: Util["cookieRead"];
  /** Writes a cookie; whether it is there afterwards. */
  cookieWrite: Util["cookieWrite"];
  /** The same as {@link cookieWrite}. */
  c_w: Util["cookieWrite"];
  /** Escapes a value as it stands in a request. */
  escape(text: Value): string;
  unescape(text: Value): string;
  /** Replaces every occurrence of a text. */
  replace(text: string, from: string, to: string): string;
  log(text: unknown): void;
  /** Calls a function for every variable that a hit would send, or for those of the names, separated by commas. */
  foreachVar(act: (name: string, value: unknown) => void, names?: string): void;
  /** Takes over what a tag container has gathered before the script was there. */
  setTagContainer(name: string): void;
}

/** `s.Util` */
export interface Util {
  urlEncode(text: Value): string;
  urlDecode(text: Value): string;
  /** The value of a query parameter of a URL, by default `s.pageURL` or the page's; empty if there is none. */
  getQueryParam(name: string, url?: Value, delimiter?: string | null): string;
  /** Reads a cookie; empty if there is none. */
  cookieRead(name: string): string;
  /**
   * Writes a cookie; whether it is there afterwards.
   * @param expires nothing for the session; 1 for two years; else a date: an object, milliseconds since 1970 or a text
   */
  cookieWrite(name: string, value: Value, expires?: Date | number | string | boolean | null): boolean;
  getIeVersion(): number | null;
}

/** `s.ActivityMap`: functions that a site may replace, and settings. */
export interface ActivityMap {
  /** The name of a link; nothing if the click is not to be recorded. */
  link(element: Foreign, linkName?: string): string | null | undefined;
  /** The region of the page that a link is in. */
  region(element: Foreign): string | null | undefined;
  /** Texts, separated by commas: links and regions that contain one are not recorded. */
  linkExclusions?: string;
  regionExclusions?: string;
  regionIDAttribute?: string;
  trackScrollReach?: Flag;
  scrollReachSelector?: string;
}

/** What a tracker uses of the visitor id service, `Visitor.getInstance(…)`. */
export interface Visitor {
  isAllowed(): boolean;
  [name: string]: Foreign;
}

/** A module of AppMeasurement, such as `s.Integrate`. */
export interface Module {
  /** Runs when it is assigned. */
  onLoad?: (s: Tracker, module: Foreign) => void;
  [name: string]: Foreign;
}

/** Variables that hold for one call only. */
export interface Overrides extends PageVariables, Settings {}

/**
 * The object `s`. Plug-ins and sites add to it; so can your types:
 * `declare module "afterhit" { interface Tracker { getQueryParam(name: string): string } }`.
 */
export interface Tracker extends PageVariables, Settings, Methods {
  /** The report suites, separated by commas. */
  account: string;
  contextData: Record<string, Value>;
  readonly Util: Util;
  /** Every report suite that the tracker has had. */
  allAccounts: string[];
  ActivityMap: ActivityMap;
  version: string;
  /** The version of afterhit. */
  readonly afterhit: string;
  /** The modules that are loaded, by name. */
  Integrate?: Module;
  AudienceManagement?: Module;
  Media?: Module;
  /** The kind of instance, for scripts that search `s_c_il`. */
  readonly _c: "s_c";
  /** Its index in `s_c_il`. */
  readonly _in: number;
  readonly _il: Foreign[];
  readonly w: Window;
  readonly d: Document;
  readonly b: HTMLElement | null;
}

/** The tracker of these report suites (ids separated by commas): the same one whenever it is asked for. */
export function s_gi(account: string): Tracker;

/** A tracker of these report suites: `new AppMeasurement("suite")`. */
export const AppMeasurement: {
  new (account?: string): Tracker;
  (account?: string): Tracker;
  /** The same as {@link s_gi}. */
  getInstance(account: string): Tracker;
};

declare global {
  /** What the script defines; a module defines only `s_c_il`, `s_c_in` and what hits leave. */
  interface Window {
    s_gi: typeof s_gi;
    AppMeasurement: typeof AppMeasurement;
    s_pgicq(): void;
    /** A name for the link that is clicked, set by its handler. */
    s_objectID: string | number | undefined;
    /** All instances: trackers and their modules. */
    s_c_il: Foreign[];
    s_c_in: number;
    s_giq?: Foreign;
    /** The image of the last request for these report suites, whose ids are joined by `_`. */
    [image: `s_i_${string}`]: HTMLImageElement | undefined;
  }
}
