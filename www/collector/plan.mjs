/**
 * The fault plan: how the collector answers. It is plain JSON, so that it reads the same in a test, in a scenario file
 * and over HTTP:
 *
 *   "ok"                 200 and a 1x1 image
 *   "500" (any status)   that status, and no image
 *   "image:500"          that status, with an image: a tracker counts it as delivered
 *   "drop"               the connection is closed without an answer
 *   "hang"               no answer, ever
 *   "delay:MS"           "ok" after MS milliseconds; "delay:MS:ANSWER" for any other answer
 *   { answer, probability }   that answer with this probability, otherwise "ok"
 *   [ …, … ]             one per request since the plan was set; the last one repeats
 *
 * @typedef {string | { answer: string, probability?: number }} Step
 * @typedef {Step | Step[]} Plan
 * @typedef {{ delay: number, kind: "image" | "text" | "drop" | "hang", status: number }} Answer
 */

const MAX_DELAY_MS = 10 * 60_000;

/**
 * Parses one answer.
 *
 * @param {string} word
 * @returns {Answer}
 */
export function parseAnswer(word) {
  const [, delay, rest] = /^delay:(\d+)(?::(.+))?$/.exec(word) ?? [];
  if (delay !== undefined) {
    const inner = parseAnswer(rest ?? "ok");
    const total = inner.delay + Number(delay);
    if (total > MAX_DELAY_MS)
      throw new RangeError(`A delay must be at most ${MAX_DELAY_MS} ms, got ${total}.`);
    return { ...inner, delay: total };
  }
  if (word === "ok") return { delay: 0, kind: "image", status: 200 };
  if (word === "drop" || word === "hang") return { delay: 0, kind: word, status: 0 };
  const [, image, status] = /^(image:)?([2-5]\d\d)$/.exec(word) ?? [];
  if (status) return { delay: 0, kind: image ? "image" : "text", status: Number(status) };
  throw new RangeError(
    `An answer must be ok, a status such as 500, image:500, drop, hang or delay:MS, got "${word}".`,
  );
}

/**
 * Validates a plan and returns it. Throws an error that says what is wrong.
 *
 * @param {unknown} plan
 * @returns {Plan}
 */
export function parsePlan(plan) {
  if (!Array.isArray(plan)) return parseStep(plan);
  if (plan.length === 0) throw new RangeError("A plan must have at least one answer.");
  return plan.map(parseStep);
}

/**
 * @param {unknown} step
 * @returns {Step}
 */
function parseStep(step) {
  if (typeof step === "string") {
    parseAnswer(step);
    return step;
  }
  if (typeof step !== "object" || step === null || !("answer" in step) || typeof step.answer !== "string")
    throw new TypeError(
      'A plan must be an answer such as "ok" or "500", {answer, probability}, or a list of these.',
    );
  parseAnswer(step.answer);
  const probability = "probability" in step ? step.probability : 1;
  if (typeof probability !== "number" || !(probability >= 0 && probability <= 1))
    throw new RangeError("A probability must be a number from 0 to 1.");
  return { answer: step.answer, probability };
}

/**
 * The answer for one request.
 *
 * @param {Plan} plan
 * @param {number} number of requests already answered by this plan
 * @param {() => number} random
 * @returns {string}
 */
export function choose(plan, number, random) {
  const step = Array.isArray(plan) ? (plan[Math.min(number, plan.length - 1)] ?? "ok") : plan;
  if (typeof step === "string") return step;
  return random() < (step.probability ?? 1) ? step.answer : "ok";
}
