/**
 * What the collector answers: the plan. Plain words, so that a plan reads the same in a test, in a scenario file and
 * over HTTP:
 *
 *   "ok"                 200 and a 1x1 image
 *   "500" (any status)   that status, and no image
 *   "image:500"          that status, with an image: for a tracker this is a success
 *   "drop"               the connection is closed without an answer
 *   "hang"               no answer, ever
 *   "delay:MS"           "ok" after so many milliseconds; "delay:MS:ANSWER" any other answer after them
 *   { answer, probability }   that answer as often, else "ok"
 *   [ …, … ]             by request number since the plan was set; the last one for all further requests
 *
 * @typedef {string | { answer: string, probability?: number }} Step
 * @typedef {Step | Step[]} Plan
 * @typedef {{ delay: number, kind: "image" | "text" | "drop" | "hang", status: number }} Answer
 */

const LONGEST_DELAY = 10 * 60_000;

/**
 * Reads one answer word.
 *
 * @param {string} word
 * @returns {Answer}
 */
export function parseAnswer(word) {
  const [, delay, rest] = /^delay:(\d+)(?::(.+))?$/.exec(word) ?? [];
  if (delay !== undefined) {
    const inner = parseAnswer(rest ?? "ok");
    const total = inner.delay + Number(delay);
    if (total > LONGEST_DELAY) throw new RangeError(`a delay of ${total} ms is longer than ${LONGEST_DELAY}`);
    return { ...inner, delay: total };
  }
  if (word === "ok") return { delay: 0, kind: "image", status: 200 };
  if (word === "drop" || word === "hang") return { delay: 0, kind: word, status: 0 };
  const [, image, status] = /^(image:)?([2-5]\d\d)$/.exec(word) ?? [];
  if (status) return { delay: 0, kind: image ? "image" : "text", status: Number(status) };
  throw new RangeError(`"${word}" is no answer: ok, a status such as 500, image:500, drop, hang or delay:MS`);
}

/**
 * Checks a plan that came from outside, and returns it.
 *
 * @param {unknown} plan
 * @returns {Plan}
 */
export function parsePlan(plan) {
  if (!Array.isArray(plan)) return parseStep(plan);
  if (plan.length === 0) throw new RangeError("a plan needs at least one answer");
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
      'a plan is an answer such as "ok" or "500", {answer, probability}, or a list of these',
    );
  parseAnswer(step.answer);
  const probability = "probability" in step ? step.probability : 1;
  if (typeof probability !== "number" || !(probability >= 0 && probability <= 1))
    throw new RangeError("a probability is a number from 0 to 1");
  return { answer: step.answer, probability };
}

/**
 * The answer for one request.
 *
 * @param {Plan} plan
 * @param {number} number how many requests came before it under this plan
 * @param {() => number} random
 * @returns {string}
 */
export function choose(plan, number, random) {
  const step = Array.isArray(plan) ? (plan[Math.min(number, plan.length - 1)] ?? "ok") : plan;
  if (typeof step === "string") return step;
  return random() < (step.probability ?? 1) ? step.answer : "ok";
}
