// Keeps words of a private vocabulary out of code and prose: readers know the field's own words. A word may be missing here
// and still be wrong; add it when a review finds it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} Entry
 * @property {RegExp} pattern
 * @property {string} instead what to write
 * @property {RegExp} [within] the paths for which it holds; everywhere unless set
 */

/**
 * Matches words and parts of identifiers: `hand`, `Hands`, `takeHand`, `hand_over`, but not `handle` or `beforehand`.
 * @param {string[]} words in lower case, regular expressions
 */
function word(...words) {
  const either = words.map((text) => `(?<![A-Za-z])${text}|${(text[0] ?? "").toUpperCase()}${text.slice(1)}`);
  return new RegExp(`(?:${either.join("|")})(?![a-z])`);
}

const notProse = /\.(rs|js|mjs|ts)$/;
const scriptsAndDemo = /^(scripts|www)\//;
const faultsAndInspector = /^(scripts\/faults|www\/site\/inspector)/;
const wireTests = /^tests\/wire\//;

/** @type {Entry[]} */
const entries = [
  { pattern: /(?<!by |other )(?:(?<![A-Za-z])hand|Hand)s?(?![a-z-])/, instead: "host function" },
  { pattern: word("deeds?"), instead: "operation, op" },
  { pattern: word("questions?(?! mark)"), instead: "query", within: notProse },
  { pattern: /(?:(?<![A-Za-z])pad|Pad)s?(?!\w)/, instead: "TextBuilder" },
  { pattern: word("drafts?"), instead: "arena" },
  { pattern: word("lend(?:s|ing)?", "lent"), instead: "apply overrides" },
  { pattern: word("tid(?:y|ied|ies)"), instead: "restore overrides" },
  { pattern: word("happened"), instead: "event, on_page_event", within: notProse },
  { pattern: word("woken"), instead: "on_timer" },
  { pattern: /\bWay\b|\bwayOf\b|\bway_of\b/, instead: "transport", within: notProse },
  { pattern: word("places?(?:Of|_of)"), instead: "index, slot" },
  { pattern: word("leaves?[ _]word"), instead: "write_s_cc" },
  { pattern: word("undelay"), instead: "on_max_delay, resume" },
  { pattern: word("nudges?"), instead: "what the helper does" },
  { pattern: word("company", "hire[ds]?", "dismiss"), instead: "pool, launch, close", within: wireTests },
  { pattern: word("contenders?"), instead: "subject" },
  { pattern: word("arrang(?:e[ds]?|ements?|ing)"), instead: "function order, reorder" },
  { pattern: word("stages?"), instead: "fixture", within: scriptsAndDemo },
  { pattern: word("lives"), instead: "pageSurvives, HitRecord", within: faultsAndInspector },
  {
    pattern: word("so many (?:ms|milliseconds|bytes|times|hits)"),
    instead: "a number with its unit, at most, at least",
  },
  { pattern: word("of that alone"), instead: "only that" },
  { pattern: /(?<!there )\b(?:is|are) none\b/, instead: "is not a …, has no …" },
  { pattern: word("for ever"), instead: "forever" },
];

const checked = /\.(rs|js|mjs|md|ts)$/;
/** The list itself, its test, and what was released under old names. */
const exempt = /^(scripts\/lint\/vocabulary\.mjs|tests\/package\/lint\.test\.mjs|CHANGELOG\.md)$/;

/** @param {string} file @param {string} text */
function wordsIn(file, text) {
  return entries
    .filter(({ within }) => !within || within.test(file))
    .flatMap(({ pattern, instead }) => {
      const found = pattern.exec(text)?.[0];
      return found ? [`"${found}": write ${instead}`] : [];
    });
}

/**
 * @param {string} folder
 * @param {string[]} files from there
 * @returns {string[]} one line for each word that must go
 */
export function checkVocabulary(folder, files) {
  return files
    .filter((file) => checked.test(file) && !exempt.test(file))
    .flatMap((file) => {
      const lines = readFileSync(join(folder, file), "utf8").split("\n");
      const inName = wordsIn(file, file).map((words) => `${file}: in its name ${words}`);
      const inText = lines.flatMap((line, index) =>
        wordsIn(file, line).map((words) => `${file}:${index + 1}: ${words}`),
      );
      return [...inName, ...inText];
    });
}
