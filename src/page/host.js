// What the core can ask and have done, in the order of src/tracker/hands.rs. Texts cross as UTF-8.

import * as calls from "./calls.js";
import * as cookies from "./cookies.js";
import { core } from "./core.js";
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
const decoder = new TextDecoder();

/** @type {((n: number, text: string) => string)[]} */
const questions = [
  object.variables,
  calls.source,
  object.inner,
  facts.moment,
  facts.momentAndCookies,
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
  texts.again,
];

/** @type {((n: number, text: string, further: number) => any)[]} */
const deeds = [
  object.assign,
  object.unset,
  object.table,
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
  calls.release,
  calls.lend,
  calls.tidy,
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
  services.meets,
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

/** The memory of the module; when it grows it leaves an empty view behind. */
let memory = new Uint8Array();

/** @param {number} start @param {number} length */
const bytes = (start, length) => {
  if (!memory.length) memory = new Uint8Array(core.memory.buffer);
  return memory.subarray(start, start + length);
};

/** @param {number} [start] @param {number} [length] */
const decoded = (start, length) => (length ? decoder.decode(bytes(start ?? 0, length)) : "");

/**
 * Services and objects of the page are in some of these hands: what they throw is said, and does not end the call. What the
 * browser refuses, such as cookies in a sandboxed frame, is not there.
 * @param {any[]} hands @param {number} hand @param {number} n @param {string} text @param {number} [further]
 */
const use = (hands, hand, n, text, further) => {
  try {
    return hands[hand](n, text, further);
  } catch (error) {
    if (!(error instanceof DOMException)) calls.report(error, 0);
  }
};

/**
 * Writes the answer into the memory, where there is room for it; how many bytes it takes.
 * @param {number} question @param {number} n @param {number} start @param {number} length @param {number} room
 * @param {number} size
 */
export const ask = (question, n, start, length, room, size) => {
  const answer = `${use(questions, question, n, decoded(start, length)) ?? ""}`;
  const { read, written } = encoder.encodeInto(answer, bytes(room, size));
  if (read == answer.length) return written;
  texts.keep(answer);
  return encoder.encode(answer).length;
};

/** @param {number} deed @param {number} n @param {number} further @param {number} [start] @param {number} [length] */
export const act = (deed, n, further, start, length) =>
  use(deeds, deed, n, decoded(start, length), further) | 0;

/** @param {number} registration @param {number} call @param {number} start @param {number} length */
export const argumentsFor = (registration, call, start, length) =>
  functions.argumentsFor(registration, call, decoded(start, length));

export const answer = network.answer;
export const url = calls.url;
export const functionAt = functions.functionAt;
export const report = calls.report;
