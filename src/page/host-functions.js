// Generated from the list in src/tracker/host.rs: change it there and run `npm run build`.
// biome-ignore-all format: generated

import * as callbacks from "./callbacks.js";
import * as calls from "./calls.js";
import * as cookies from "./cookies.js";
import * as elements from "./elements.js";
import * as environment from "./environment.js";
import * as mailbox from "./mailbox.js";
import * as network from "./network.js";
import * as properties from "./properties.js";
import * as services from "./services.js";
import * as storage from "./storage.js";

/** Read the page. @type {((id: number, text: string) => string | undefined)[]} */
export const queries = [
  mailbox.lastAnswer,
  properties.variables,
  environment.hitFacts,
  environment.hitFactsAndCookies,
  environment.pageUrl,
  environment.hostName,
  environment.topReferrer,
  environment.windowTemplate,
  cookies.readCookies,
  mailbox.argument,
  mailbox.stringSlot,
  storage.storedList,
  storage.storageError,
  storage.storedText,
  calls.requestUrl,
  environment.localTime,
  storage.timeIn,
  elements.properties,
  elements.visibleText,
  elements.attribute,
  elements.firstAttribute,
  elements.activityMapName,
  elements.activityMapSetting,
  services.organizationId,
  services.supplementalDataId,
  services.customerIds,
  services.audienceParameters,
  mailbox.decodePercent,
];

/** Have an effect. @type {((id: number, text: string, extra: number) => any)[]} */
export const ops = [
  properties.assign,
  properties.assignIn,
  properties.unsetKinds,
  properties.defineVariables,
  properties.makeNumbers,
  properties.assignJson,
  properties.assignJsonWithBody,
  properties.hasProperty,
  mailbox.setStringSlot,
  mailbox.setResult,
  calls.log,
  environment.now,
  environment.random,
  cookies.setCookie,
  storage.setStoredText,
  storage.setStoredList,
  calls.runPlugins,
  calls.beginCall,
  calls.isUrlKnown,
  calls.adoptHit,
  storage.markStored,
  calls.park,
  calls.unpark,
  calls.overrideVariables,
  calls.endCall,
  calls.setRequest,
  calls.setScriptResponse,
  calls.setDebugLines,
  calls.hasDebugLines,
  calls.startRequest,
  network.fetchHit,
  network.sendBeacon,
  network.loadScript,
  network.cancelImage,
  calls.settle,
  calls.runActionLater,
  network.setQueueTimer,
  network.listen,
  network.probePolicy,
  network.trackerOfBeacon,
  network.hasKeepalive,
  network.isOffline,
  network.isWindowClosed,
  storage.warnOfList,
  storage.claimHit,
  elements.selectClicked,
  elements.watchBody,
  elements.selectProperty,
  elements.setLinkObject,
  elements.setClickObject,
  elements.selectOuter,
  elements.selectParent,
  elements.rememberElement,
  elements.watchScrolling,
  elements.scrollReach,
  services.detect,
  services.requestClientHints,
  services.hasConsent,
  services.requestConsent,
  services.resumeLater,
  services.hasVisitorMethod,
  services.requestVisitorValues,
  services.isAudienceReady,
  services.instanceIndex,
  services.setDelayTimer,
  services.callHook,
  callbacks.isFunction,
  callbacks.isRegistered,
  callbacks.keepCallback,
];

/** Detect the services of a page. @type {((id: number) => boolean)[]} */
export const detectors = [
  services.hasVisitor,
  services.hasOptIn,
  services.hasAudience,
  services.hasModules,
  calls.hasParked,
  services.isPrerendering,
  calls.hasCallObject,
];
