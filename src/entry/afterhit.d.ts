// The types of the npm package. Names, and what they do, are those of Adobe's AppMeasurement for JavaScript:
// https://experienceleague.adobe.com/en/docs/analytics/implementation/vars/overview

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Positive = Exclude<Digit, 0>;
type To75 = Positive | `${1 | 2 | 3 | 4 | 5 | 6}${Digit}` | `7${0 | 1 | 2 | 3 | 4 | 5}`;
type To250 = Positive | `${Positive}${Digit}` | `1${Digit}${Digit}` | `2${0 | 1 | 2 | 3 | 4}${Digit}` | "250";

/** What a variable may hold; everything is sent as text. */
export type Value = string | number | boolean | null | undefined;

/** Variables with a number: props, eVars, lists and hierarchies. */
export type NumberedVariables = {
  [name in `prop${To75}` | `eVar${To250}` | `list${1 | 2 | 3}` | `hier${1 | 2 | 3 | 4 | 5}`]?: Value;
};

/** Variables that describe the page and what happens on it. */
export interface PageVariables extends NumberedVariables {
  pageName?: Value;
  pageURL?: Value;
  pageType?: "errorPage" | "" | undefined;
  referrer?: Value;
  channel?: Value;
  server?: Value;
  campaign?: Value;
  /** For example `"event1,event2=10,purchase:order17"`. */
  events?: Value;
  /** For example `"Shoes;SKU-1;2;59.80;event1=3;eVar2=red"`, products separated by commas. */
  products?: Value;
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
  events2?: Value;
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
  /** What the tracker has seen of the browser, to be read from the first hit on. */
  resolution?: Value;
  colorDepth?: Value;
  javascriptVersion?: Value;
  javaEnabled?: Value;
  cookiesEnabled?: Value;
  browserWidth?: Value;
  browserHeight?: Value;
}

/** How hits are made and sent. */
export interface Settings {
  trackingServer?: string;
  trackingServerSecure?: string;
  visitorNamespace?: string;
  charSet?: string;
  cookieDomainPeriods?: number | string;
  fpCookieDomainPeriods?: number | string;
  cookieLifetime?: number | string;
  writeSecureCookies?: boolean;
  dynamicVariablePrefix?: string;
  /** The variables that links send, separated by commas; `"None"` for none. */
  linkTrackVars?: string;
  /** The events that links send, separated by commas; `"None"` for none. */
  linkTrackEvents?: string;
  linkDownloadFileTypes?: string;
  linkInternalFilters?: string;
  linkExternalFilters?: string;
  linkLeaveQueryString?: boolean;
  linkName?: string;
  linkType?: LinkType | "";
  linkURL?: string;
  linkObject?: Element;
  /** What has been clicked, while the click is tracked. */
  clickObject?: Element | 0;
  version?: string;
  trackDownloadLinks?: boolean;
  trackExternalLinks?: boolean;
  /** Sends no hit for the call in which it is true. */
  abort?: boolean;
  /** Sends the next hit with `navigator.sendBeacon`. */
  useBeacon?: boolean;
  /** Says on the console what is sent. */
  debugTracking?: boolean;
  /** How long modules may hold hits up, in milliseconds. */
  maxDelay?: number;
  account?: string;
  dc?: string | number;
  /** Whether hits go by https; that of the page unless set. */
  ssl?: boolean;
  mobile?: boolean;
  tagContainerMarker?: string;
  visitorMigrationKey?: string;
  /** The older name of `visitorMigrationKey`. */
  vmk?: string;
  visitorMigrationServer?: string;
  visitorMigrationServerSecure?: string;
  /** Percentage of visitors whose hits are sent. */
  visitorSampling?: number | string;
  visitorSamplingGroup?: string;
  decodeLinkParameters?: boolean;
  /** How long what is done behind a link waits for the answer, in milliseconds. */
  forcedLinkTrackingTimeout?: number;
  /** If false, clicks are tracked after the page has handled them. */
  useForcedLinkTracking?: boolean | number;
  trackClickMap?: boolean;
  trackInlineStats?: boolean;
  useLinkTrackSessionStorage?: boolean;
  lightTrackVars?: string;
  collectHighEntropyUserAgentHints?: boolean;
  expectSupplementalData?: boolean;
  usePostbacks?: boolean;
  /** Nothing is sent. The visitor service sets it. */
  visitorOptedOut?: Value;
  /** Keeps hits in local storage while there is no connection. */
  trackOffline?: boolean;
  /** How many hits are kept, the newest; 10 unless set. */
  offlineHitLimit?: number;
  /** The same, as AppMeasurement knows it. */
  offlineLimit?: number;
  /** The least time from one request to the next with `trackOffline`, in milliseconds. */
  offlineThrottleDelay?: number;
  storageFilename?: string;
  /** Hits under way at a time; 1 unless set. More than that is for suites that take timestamps. */
  maxConcurrentHits?: number;
  /** Tracking calls that are made in ten seconds, at least 1000; those beyond are ignored. */
  maxHitsPer10Seconds?: number;
  usePlugins?: boolean;
  /** Runs before each hit is made. */
  /** The tag container that the page is served by, if there is one. */
  tagContainerName?: string;
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
  /** Sends a page view. */
  t(overrides?: Overrides): void;
  /** The same as {@link t}. */
  track(overrides?: Overrides): void;
  /**
   * Sends a link.
   * @param link the element that was clicked, or `true` when there is none or nothing waits for it
   * @param action what is done when the link is sent: a function, or `"navigate"` to go where the element leads
   */
  tl(
    link: Element | boolean | string,
    type: LinkType,
    name?: string,
    overrides?: Overrides | null,
    action?: "navigate" | (() => void),
  ): void;
  /** The same as {@link tl}. */
  trackLink: Methods["tl"];
  /** Clears props, eVars, lists, hierarchies, events, products, campaign and their like. */
  clearVars(): void;
  /** Sets the report suites, separated by commas. */
  sa(account: string): void;
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
  /** What became of the latest tracking call; never rejected. */
  outcome(): Promise<Outcome>;
  /** Sends a light hit of a profile. */
  trackLight(profile: string, storeForSeconds?: number, incrementBy?: number, overrides?: Overrides): void;
  /** Keeps hits for the next page; `false` sends them. */
  bufferRequests(on?: boolean): void;
  /** Holds hits back. */
  forceOffline(): void;
  /** Sends them. */
  forceOnline(): void;
  /** Whether a hit would be made at once. */
  isReadyToTrack(): boolean;
  /** Runs a function once hits can be made. */
  callbackWhenReadyToTrack(object: unknown, callback: (...args: unknown[]) => void, args?: unknown[]): void;
  /** Says that a module no longer holds hits up. */
  delayReady(): void;
  loadModule(name: string, onLoad?: (s: Tracker, module: unknown) => void): void;
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
}

/** The tracker of these report suites (ids separated by commas): the same one whenever it is asked for. */
export function s_gi(account: string): Tracker;

/** A tracker of these report suites: `new AppMeasurement("suite")`. */
export const AppMeasurement: {
  new (account?: string): Tracker;
  (account?: string): Tracker;
};
