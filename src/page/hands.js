// What the core can ask and have done, in the order of src/tracker/hands.rs. Texts cross as UTF-8.

import * as calls from "./calls.js";
import * as cookies from "./cookies.js";
import * as elements from "./elements.js";
import * as facts from "./facts.js";
import * as functions from "./functions.js";
import * as network from "./network.js";
import * as notes from "./notes.js";
import * as object from "./object.js";
import * as services from "./services.js";
import * as storage from "./storage.js";
import * as texts from "./texts.js";

const encoder = new TextEncoder();

/** @type {((n: number, text: string) => string)[]} */
const questions = [
  object.variables,
  calls.source,
  object.inner,
  facts.moment,
  facts.address,
  facts.host,
  facts.topReferrer,
  facts.browser,
  cookies.cookies,
  texts.given,
  texts.remembered,
  storage.stored,
  storage.storageTrouble,
  notes.note,
  elements.describe,
  elements.words,
  elements.attribute,
  elements.pictures,
  elements.map,
  services.organisation,
  services.supplemental,
  services.customers,
  services.audience,
  texts.decode,
];

/** @type {((n: number, text: string, further: number) => any)[]} */
const deeds = [
  object.assign,
  object.unset,
  object.isReset,
  object.reset,
  object.has,
  texts.remember,
  texts.reply,
  calls.say,
  facts.now,
  facts.random,
  cookies.setCookie,
  notes.setNote,
  calls.plugins,
  calls.begin,
  calls.adopt,
  calls.isOfSession,
  calls.hold,
  calls.waiting,
  calls.release,
  calls.lend,
  calls.restore,
  calls.hasSource,
  calls.made,
  calls.isScript,
  calls.lines,
  calls.debugs,
  calls.leaves,
  network.request,
  network.beacon,
  network.script,
  network.cancel,
  calls.settle,
  calls.finishLater,
  network.wake,
  network.listen,
  network.probe,
  network.hasKeepalive,
  network.isOffline,
  network.isClosed,
  storage.store,
  storage.claim,
  elements.target,
  elements.element,
  elements.giveLink,
  elements.outer,
  elements.parent,
  elements.again,
  elements.isInPage,
  elements.seen,
  services.isPrerendering,
  services.hasService,
  services.askHints,
  services.consents,
  services.askConsent,
  services.resumeLater,
  services.hasVisitor,
  services.askVisitor,
  services.hasAudience,
  services.place,
  services.endDelay,
  services.hook,
  functions.isFunction,
  functions.isRegistered,
  functions.keepFunction,
];

/** @param {Uint8Array} [bytes] */
const decoded = (bytes) => (bytes?.length ? texts.decoder.decode(bytes) : "");

/** Room for what is said, so that not every answer makes a buffer. */
const room = new Uint8Array(16384);

/** @param {string} text */
const encoded = (text) =>
  text.length * 3 > room.length
    ? encoder.encode(text)
    : room.subarray(0, text ? encoder.encodeInto(text, room).written : 0);

/**
 * Services and objects of the page are in some of these hands: what they throw is said, and does not end the call. What the
 * browser refuses, such as cookies in a sandboxed frame, is not there.
 * @param {any[]} hands @param {number} hand @param {number} n @param {any} text @param {number} [further]
 */
const use = (hands, hand, n, text, further) => {
  try {
    return hands[hand](n, decoded(text), further);
  } catch (error) {
    if (!(error instanceof DOMException)) calls.report(error, 0);
  }
};

/** @param {number} question @param {number} n @param {Uint8Array} text */
export const ask = (question, n, text) => encoded(`${use(questions, question, n, text) ?? ""}`);

/** @param {number} deed @param {number} n @param {number} further @param {Uint8Array} [text] */
export const act = (deed, n, further, text) => use(deeds, deed, n, text, further) | 0;

export const answer = network.answer;
export const url = calls.url;
export const functionAt = functions.functionAt;
export const argumentsFor = functions.argumentsFor;
export const report = calls.report;
