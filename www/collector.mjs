/**
 * A collector that answers `/b/ss/SUITES/VERSION/…` like Adobe's, keeps the hits it receives, and fails on demand
 * according to a fault plan. The demo serves one on its own port; tests create their own:
 *
 *   const collector = createCollector();
 *   const port = await collector.listen();
 *   collector.plan(["500", "drop", "ok"]);
 *   const hit = await collector.waitFor((hit) => hit.url.includes("pageName=Home"));
 *   await collector.close();
 *
 * @typedef {import("./collector/hits.mjs").Hit} Hit
 * @typedef {import("./collector/plan.mjs").Plan} Plan
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */
import { answerHit, answerPreflight, json, text } from "./collector/answer.mjs";
import { createHits, HEADERS } from "./collector/hits.mjs";
import { createListener } from "./collector/listener.mjs";
import { choose, parseAnswer, parsePlan } from "./collector/plan.mjs";
import { NOT_A_HIT_URL, readBody, refuse, sameOrigin } from "./collector/request.mjs";
import { createStream } from "./collector/stream.mjs";

const MAX_PLAN_BYTES = 64 * 1024;
const HITS_PATH = "/__hits";
const PLAN_PATH = "/__plan";
const CROSS_ORIGIN = "Only pages of this server may change its state.";

/**
 * @param {object} [options]
 * @param {string | undefined} [options.file] hits are appended to this file, one JSON object per line
 * @param {number} [options.keep] number of hits kept in memory
 * @param {number} [options.keepBytes] bytes of hits kept in memory
 * @param {number} [options.maxBody] bytes accepted as the body of a POST
 * @param {Plan} [options.plan] the initial plan
 * @param {() => number} [options.random] from 0 to 1, for plans with a probability
 */
export function createCollector(options = {}) {
  const {
    file,
    keep = 10_000,
    keepBytes = 64 * 1024 * 1024,
    maxBody = 256 * 1024,
    random = Math.random,
  } = options;
  const hits = createHits({ file, keep, keepBytes });
  const stream = createStream(hits);
  const listener = createListener((request, response) => {
    if (!handle(request, response)) text(response, 404, NOT_A_HIT_URL);
  });
  let plan = parsePlan(options.plan ?? "ok");
  let answers = 0;

  /** @param {Plan} next */
  function setPlan(next) {
    plan = parsePlan(next);
    answers = 0;
    stream.send("plan", plan);
  }

  /**
   * Handles the requests that are meant for the collector; returns false for all others.
   *
   * @param {Request} request
   * @param {Response} response
   * @returns {boolean}
   */
  function handle(request, response) {
    const path = (request.url ?? "").split("?")[0];
    response.on("error", () => response.destroy());
    if (path?.startsWith("/b/ss/")) collect(request, response);
    else if (path === HITS_PATH) handleHits(request, response);
    else if (path === PLAN_PATH) handlePlan(request, response);
    else return false;
    return true;
  }

  /**
   * @param {Request} request
   * @param {Response} response
   */
  async function collect(request, response) {
    if (request.method === "OPTIONS") return answerPreflight(request, response);
    const body = await readBody(request, maxBody);
    if (body === undefined) return;
    if (typeof body !== "string") return text(response, body.status, body.message);
    const refusal = refuse(request, body);
    if (refusal) return text(response, refusal.status, refusal.message);
    const answered = choose(plan, answers, random);
    answers += 1;
    hits.add({
      method: request.method ?? "",
      host: request.headers.host ?? "",
      url: request.url ?? "",
      body,
      headers: pickHeaders(request),
      answered,
      collected: parseAnswer(answered).kind === "image",
    });
    answerHit(answered, request, response);
  }

  /**
   * @param {Request} request
   * @param {Response} response
   */
  function handleHits(request, response) {
    if (request.method === "DELETE") {
      if (!sameOrigin(request)) return text(response, 403, CROSS_ORIGIN);
      clear();
      text(response, 200, "Cleared.");
    } else if (request.method !== "GET")
      text(response, 405, "Use GET to read the hits or DELETE to clear them.");
    else if (request.headers.accept?.includes("text/event-stream")) stream.open(request, response, plan);
    else json(response, hits.all());
  }

  /**
   * @param {Request} request
   * @param {Response} response
   */
  async function handlePlan(request, response) {
    if (request.method === "GET") return json(response, plan);
    if (request.method !== "PUT")
      return text(response, 405, "Use GET to read the plan or PUT to replace it.");
    if (!sameOrigin(request)) return text(response, 403, CROSS_ORIGIN);
    const body = await readBody(request, MAX_PLAN_BYTES);
    if (body === undefined) return;
    if (typeof body !== "string") return text(response, body.status, body.message);
    try {
      setPlan(JSON.parse(body));
      json(response, plan);
    } catch (error) {
      text(response, 400, `Invalid plan: ${error instanceof Error ? error.message : error}`);
    }
  }

  function clear() {
    hits.clear();
    stream.send("cleared", {});
  }

  return {
    handle,
    listen: listener.listen,
    /** Closes the listening socket and every connection, so that nobody can connect. */
    down: listener.down,
    /** Listens again on the same port. */
    up: listener.up,
    /** Sets the plan; a list of answers starts with the next request. */
    plan: setPlan,
    /** The hits in memory, oldest first, including those that were answered with a fault. */
    get hits() {
      return hits.all();
    },
    clear,
    onHit: hits.onHit,
    waitFor: hits.waitFor,
    async close() {
      stream.close();
      await listener.down();
      hits.close();
    },
  };
}

/** @typedef {ReturnType<typeof createCollector>} Collector */

/** @param {Request} request */
function pickHeaders(request) {
  /** @type {Record<string, string>} */
  const headers = {};
  for (const name of HEADERS) {
    const value = request.headers[name];
    if (value !== undefined) headers[name] = value.toString();
  }
  return headers;
}
