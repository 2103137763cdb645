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
  /** Named values that processing rules pick up; objects may be nested. */
  contextData?: ContextData;
}

export interface ContextData {
  [name: string]: Value | ContextData;
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
  trackDownloadLinks?: boolean;
  trackExternalLinks?: boolean;
  /** Sends no hit for the call in which it is true. */
  abort?: boolean;
  /** Sends the next hit with `navigator.sendBeacon`. */
  useBeacon?: boolean;
  /** Says on the console what is sent. */
  debugTracking?: boolean;
  maxDelay?: number;
  usePlugins?: boolean;
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
  contextData: ContextData;
}

/** The tracker of these report suites (ids separated by commas): the same one whenever it is asked for. */
export function s_gi(account: string): Tracker;

/** A tracker of these report suites: `new AppMeasurement("suite")`. */
export const AppMeasurement: {
  new (account?: string): Tracker;
  (account?: string): Tracker;
};
