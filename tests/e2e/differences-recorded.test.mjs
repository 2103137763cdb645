// Recorded scenarios in which afterhit differs on purpose. The expected requests and log lines are written as changes to
// what AppMeasurement did.
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
 * @property {string} story what afterhit does, for the title of the test
 * @property {(scenario: Scenario) => void} [adapt] changes the steps where afterhit takes more or less time
 * @property {(recorded: Recording) => Recording} expect what afterhit does instead
 */

/** U+FFFD as it is sent. */
const REPLACEMENT = "%EF%BF%BD";

/** @type {Record<string, Difference>} */
const differences = {
  "hier-that-is-not-a-string": {
    story: "a number in hier1 is sent as text, and t() does not throw",
    expect: ({ requests: [second] }) => ({
      requests: [change(second, { pageName: "F%C3%B6rsta", h1: "5" }), same(second)],
      log: ["no error"],
    }),
  },
  "half-a-surrogate-pair": {
    story: "half a surrogate pair, set or made by cutting hier1 to its limit, is sent as U+FFFD",
    expect: ({ requests: [whole, last] }) => ({
      requests: [
        change(whole, { pageName: `half%20${REPLACEMENT}%20emoji`, h1: undefined }),
        same(whole),
        change(whole, { h1: "a".repeat(254) + REPLACEMENT }),
        same(last),
      ],
      log: ["no error", "253 + emoji: no error", "no error"],
    }),
  },
  "context-data-level-names": {
    story: "names with &, = and # are escaped, and everything after them is sent",
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
    story: "after five seconds the next hit is sent; a late response still counts, and its callback runs",
    adapt(scenario) {
      scenario.collector = ["delay:500", "ok", "ok", "delay:7000", "ok"];
      scenario.steps.push({ run: "return new Promise(s.registerPostTrackCallback)" });
    },
    expect: ({ requests }) => ({
      requests,
      log: ["queued", "sent | dos | true", "sent | uno | true"],
    }),
  },
  "link-done-action": {
    story: "the hit of a link that fails is sent again, and the action of tl() runs after that",
    adapt({ steps }) {
      waitFor(steps, 5, 7);
      waitFor(steps, 6, 8);
    },
    expect: ({ requests, log }) => ({
      requests: [...requests.slice(0, 6), same(requests[5]), same(requests[6])],
      log: [...log.slice(0, -2), "post", "done 4", "post"],
    }),
  },
  "link-done-action-of-an-aborted-hit": {
    story: "nothing is sent, and the action of tl() runs at once",
    expect: ({ requests }) => ({ requests, log: ["done", "tl returned", "next"] }),
  },
  "override-link-name-leaks": {
    story: "a page view after a link with an overridden linkName is a page view",
    expect: ({ requests: [link, , page], log }) => ({
      requests: [same(link), same(page), same(page)],
      log,
    }),
  },
  "callbacks-and-failing-requests": {
    story:
      "a hit that fails is sent again until it arrives, and lets others pass; each runs its callbacks once",
    adapt: ({ steps }) => waitFor(steps, 2, 7),
    expect: ({ requests: [ett, dos, three, quatro], log }) => ({
      requests: [ett, ett, ett, dos, ett, three, quatro].map(same),
      log: [...log.slice(0, 4), "post | dos", "post | ett", "post | three", "post | quatro"],
    }),
  },
  "auto-links-slow-collector": {
    story: "a click on a tracked link navigates before its hit is answered",
    adapt(scenario) {
      // Slower than recorded, so that a busy machine too reaches the next page first.
      Object.assign(scenario, JSON.parse(JSON.stringify(scenario).replaceAll("1200", "5000")));
    },
    expect: ({ requests }) => ({ requests, log: ["arrived | after the answer: | false"] }),
  },
  "offline-hit-limit-of-the-documentation": {
    story: "of twelve offline hits, with offlineHitLimit = 2, the newest two are kept and sent",
    adapt: ({ steps }) => waitFor(steps, 2, 2),
    expect: ({ requests, log }) => ({ requests: requests.slice(-2), log: log.slice(-2) }),
  },
  "use-beacon-behind-another-hit": {
    story: "a hit called with useBeacon is sent as a beacon after waiting for another hit",
    expect: ({ requests: [image, second], log }) => ({
      requests: [same(image), { ...same(second), method: "POST" }],
      log,
    }),
  },
  "beacon-not-available": {
    story: "if sendBeacon returns false the hit is sent as an image, and its callback runs",
    adapt({ steps }) {
      waitFor(steps, 2, 3);
      waitFor(steps, 3, 4);
    },
    expect: ({ requests: [exit, page], log: [postExit = "", postPage = "", refused = ""] }) => ({
      requests: [same(exit), same(page), change(exit, { pev2: "v%C3%A4grad" }), same(page)],
      log: [postExit, postPage, refused, postExit, postPage],
    }),
  },
  "post-that-fails": {
    story: "a POST that fails is sent again with its body, before the next hit",
    adapt: ({ steps }) => waitFor(steps, 1, 3),
    expect: ({ requests: [uno, dos] }) => ({
      requests: [uno, uno, dos].map(same),
      log: ["post | uno", "post | dos"],
    }),
  },
  "visitor-values-later-and-context-data": {
    story: "a hit that waits for the visitor id keeps the context data of its call",
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
 * Replaces the values of parameters, or removes parameters.
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
 * Makes a step wait for a number of requests since the scenario began, and for nothing else.
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

test("every recorded scenario marked `difference` has a test here and a row in README", () => {
  const names = marked.map(({ name }) => name).toSorted();
  assert.deepEqual(Object.keys(differences).toSorted(), names);
  assert.deepEqual(Object.keys(recorded).toSorted(), names);
});

describe("recorded scenarios", { concurrency: 3 }, () => {
  for (const scenario of marked) {
    const { story, adapt, expect } = /** @type {Difference} */ (differences[scenario.name]);
    test(`${scenario.name}: ${story}`, async () => {
      const ours = structuredClone(scenario);
      adapt?.(ours);
      const lines = compare(expect(scenario.expect), await pool.replay(ours));
      assert.ok(lines.length === 0, ["", ...lines].join("\n  "));
    });
  }
});
