// Pages that are left before their collector has answered anything, over a range of times.
import { follow, leaveLater, warmUp } from "./actions.mjs";

/** How long connections take to open. */
export const HANDSHAKE_MS = [1, 150, 1000, 2000, 4000];
/** How long the collector takes to answer. */
export const ANSWER_MS = [0, 1000, 4000];
/** What has not arrived this long after its page went never will: nobody sends it again. */
const MARGIN_MS = 3000;
/** When pages are left, after their first call. */
const AGES_MS = [0, 100, 300, 700, 1500];

/**
 * @typedef {import("./fixture.mjs").Fixture} Fixture
 * @typedef {(handshakeMs: number, answerMs: number) => import("./list.mjs").Fault} MakeFault
 */

/**
 * @param {string} about
 * @param {number[]} ages one for each page
 * @param {(fixture: Fixture, ageMs: number) => Promise<unknown>} visit
 */
function kind(about, ages, visit) {
  /** @type {MakeFault} */
  const fault = (handshakeMs, answerMs) => ({
    name: "first-hits",
    about,
    plan: `delay:${answerMs}`,
    handshakeMs,
    patienceMs: handshakeMs + answerMs + MARGIN_MS,
    pageSurvives: false,
    run: (fixture) => Promise.all(ages.map((ageMs) => visit(fixture, ageMs))),
  });
  return { about, pages: ages.length, fault };
}

export const kinds = [
  kind(
    `first page of a session, left ${AGES_MS.join(", ")} ms after its call`,
    AGES_MS,
    async (fixture, ageMs) => {
      await leaveLater(fixture, await fixture.open(await fixture.visitor()), ageMs);
    },
  ),
  kind("the same on the next page, after an answer", AGES_MS, async (fixture, ageMs) => {
    const page = await fixture.open(await fixture.visitor());
    await warmUp(fixture, page);
    await page.goto(fixture.address());
    await leaveLater(fixture, page, ageMs);
  }),
  kind('first page of a session, tl(…, "navigate")', [0, 0], async (fixture) => {
    await follow(fixture, await fixture.open(await fixture.visitor()));
  }),
];
