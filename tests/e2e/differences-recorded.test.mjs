// Recorded scenarios in which afterhit differs on purpose: the same pages and programs, and what reaches the collector
// when dist/afterhit.js runs them. What is expected is written as a change of what AppMeasurement did.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { recorded } from "../support/differences.mjs";
import { createPool } from "../wire/browser-pool.mjs";
import { compare } from "../wire/compare.mjs";
import { readScenarios } from "../wire/scenarios.mjs";

/**
 * @typedef {import("../wire/scenarios.mjs").Scenario} Scenario
 * @typedef {import("../wire/scenarios.mjs").Recording} Recording
 * @typedef {import("../wire/scenarios.mjs").Request} Request
 *
 * @typedef {object} Difference
 * @property {string} story what the page does, and what comes of it
 * @property {(scenario: Scenario) => void} [program] what is waited for where ours takes another time
 * @property {(theirs: Recording) => Recording} expect what we do instead
 */

/** A half of a pair, as it is sent. */
const HALF = "%EF%BF%BD";

/** @type {Record<string, Difference>} */
const differences = {
  "hier-that-is-not-a-string": {
    story: "a number in a hierarchy is sent as its text, and t() does not throw",
    expect: ({ requests: [second] }) => ({
      requests: [change(second, { pageName: "F%C3%B6rsta", h1: "5" }), same(second)],
      log: ["no error"],
    }),
  },
  "half-a-surrogate-pair": {
    story: "half a pair, set or made by cutting a hierarchy, is sent as U+FFFD, and nothing is lost",
    expect: ({ requests: [whole, last] }) => ({
      requests: [
        change(whole, { pageName: `half%20${HALF}%20emoji`, h1: undefined }),
        same(whole),
        change(whole, { h1: "a".repeat(254) + HALF }),
        same(last),
      ],
      log: ["no error", "253 + emoji: no error", "no error"],
    }),
  },
  "context-data-level-names": {
    story: "names with &, = and # stay one name, and everything behind them is sent",
    expect: ({ requests: [first, second] }) => ({
      requests: [
        replace(
          first,
          "x&y.&z=3&.x&y&p=q.&r=4&.p=q&100%.&w=5&.100%",
          "x%26y.&z=3&.x%26y&p%3Dq.&r=4&.p%3Dq&100%25.&w=5&.100%25",
        ),
        replace(
          second,
          /&n$/,
          "&n%23m.&o=2&.n%23m&efter.&b=3&.efter&.c&c1=borta" +
            "&s=1280x720&c=24&j=1.6&v=N&k=Y&bw=1280&bh=720&AQE=1",
        ),
      ],
      log: [],
    }),
  },
  "requests-wait-for-one-another": {
    story: "after five seconds the next hit goes; the late answer still counts, and its callback runs",
    program(scenario) {
      scenario.collector = ["delay:500", "ok", "ok", "delay:7000", "ok"];
      scenario.steps.push({ run: "return new Promise(s.registerPostTrackCallback)" });
    },
    expect: ({ requests }) => ({
      requests,
      log: ["queued", "sent | dos | true", "sent | uno | true"],
    }),
  },
  "link-done-action": {
    story: "the hit of a link that fails is sent again, and only then is done what stands behind the link",
    program({ steps }) {
      waitFor(steps, 5, 7);
      waitFor(steps, 6, 8);
    },
    expect: ({ requests, log }) => ({
      requests: [...requests.slice(0, 6), same(requests[5]), same(requests[6])],
      log: [...log.slice(0, -2), "post", "done 4", "post"],
    }),
  },
  "link-done-action-of-an-aborted-hit": {
    story: "nothing is sent, so what stands behind the link is done at once",
    expect: ({ requests }) => ({ requests, log: ["done", "tl returned", "next"] }),
  },
  "override-link-name-leaks": {
    story: "a page view behind a link with an overridden name is a page view",
    expect: ({ requests: [link, , page], log }) => ({
      requests: [same(link), same(page), same(page)],
      log,
    }),
  },
  "callbacks-and-failing-requests": {
    story:
      "a hit that fails is sent again until it arrives, before the next ones; each runs its callbacks once",
    program: ({ steps }) => waitFor(steps, 2, 7),
    expect: ({ requests: [ett, dos, three, quatro], log }) => ({
      requests: [ett, ett, ett, ett, dos, three, quatro].map(same),
      log: [...log.slice(0, 4), "post | ett", "post | dos", "post | three", "post | quatro"],
    }),
  },
  "auto-links-slow-collector": {
    story: "a click on a tracked link leads on before its hit is answered",
    program(scenario) {
      // A slower answer than recorded: a busy machine too must be on the next page before it comes.
      Object.assign(scenario, JSON.parse(JSON.stringify(scenario).replaceAll("1200", "5000")));
    },
    expect: ({ requests }) => ({ requests, log: ["arrived | after the answer: | false"] }),
  },
  "offline-hit-limit-of-the-documentation": {
    story: "of twelve hits offline, with offlineHitLimit = 2, the newest two are kept and sent",
    program: ({ steps }) => waitFor(steps, 2, 2),
    expect: ({ requests, log }) => ({ requests: requests.slice(-2), log: log.slice(-2) }),
  },
  "use-beacon-behind-another-hit": {
    story: "a hit called with useBeacon leaves as a beacon, though it had to wait for another",
    expect: ({ requests: [image, second], log }) => ({
      requests: [same(image), { ...same(second), method: "POST" }],
      log,
    }),
  },
  "beacon-not-available": {
    story: "a beacon that the browser refuses is sent as an image, and its callback runs",
    program({ steps }) {
      waitFor(steps, 2, 3);
      waitFor(steps, 3, 4);
    },
    expect: ({ requests: [exit, page], log: [postExit = "", postPage = "", refused = ""] }) => ({
      requests: [same(exit), same(page), change(exit, { pev2: "v%C3%A4grad" }), same(page)],
      log: [postExit, postPage, refused, postExit, postPage],
    }),
  },
  "post-that-fails": {
    story: "a POST that fails is sent again, body and all, before the next one",
    program: ({ steps }) => waitFor(steps, 1, 3),
    expect: ({ requests: [uno, dos] }) => ({
      requests: [uno, uno, dos].map(same),
      log: ["post | uno", "post | dos"],
    }),
  },
  "visitor-values-later-and-context-data": {
    story: "a hit that waits for the visitor's id keeps the context data it was called with",
    expect: ({ requests: [first, ...others], log }) => ({
      requests: [change(first, { steg: "ett" }), ...others],
      log,
    }),
  },
};

/** @param {Request | undefined} request */
function same(request) {
  assert.ok(request, "it was recorded");
  return request;
}

/**
 * A request with other values, or without a parameter.
 * @param {Request | undefined} request
 * @param {Record<string, string | undefined>} values
 */
function change(request, values) {
  const query = same(request)
    .query?.split("&")
    .flatMap((parameter) => {
      const name = parameter.split("=", 1).join();
      if (!(name in values)) return [parameter];
      return values[name] === undefined ? [] : [`${name}=${values[name]}`];
    })
    .join("&");
  assert.notEqual(query, request?.query, "something is changed");
  return { ...same(request), query };
}

/**
 * @param {Request | undefined} request
 * @param {string | RegExp} part
 * @param {string} other
 */
function replace(request, part, other) {
  const query = request?.query?.replace(part, other);
  assert.notEqual(query, request?.query, "something is replaced");
  return { ...same(request), query };
}

/**
 * A step waits for so many requests since the beginning, and for nothing else.
 * @param {import("../wire/scenarios.mjs").Step[]} steps
 * @param {number} index
 * @param {number} requests
 */
function waitFor(steps, index, requests) {
  steps[index] = { ...steps[index], requests, wait: 0 };
}

const marked = readScenarios()
  .flatMap(({ scenarios }) => scenarios)
  .filter(({ difference }) => difference);
const pool = createPool(readFileSync(new URL("../../dist/afterhit.js", import.meta.url)));
after(() => pool.close());

test("every recorded scenario that is marked as different has a test here", () => {
  const names = marked.map(({ name }) => name).toSorted();
  assert.deepEqual(Object.keys(differences).toSorted(), names);
  assert.deepEqual(Object.keys(recorded).toSorted(), names);
});

describe("recorded pages", { concurrency: 3 }, () => {
  for (const scenario of marked) {
    const { story, program, expect } = /** @type {Difference} */ (differences[scenario.name]);
    test(`${scenario.name}: ${story}`, async () => {
      const ours = structuredClone(scenario);
      program?.(ours);
      const lines = compare(expect(scenario.expect), await pool.replay(ours));
      assert.ok(lines.length === 0, ["", ...lines].join("\n  "));
    });
  }
});
