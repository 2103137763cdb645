/**
 * The life of every hit: the call in the page, each arrival at the collector (one for each try), the callbacks that
 * ran, how it ended. All of it is brought together by the request URL, in whatever order the news come in.
 *
 * @typedef {import("../types.js").Hit} Hit
 * @typedef {import("../types.js").Outcome} Outcome
 * @typedef {{ at: number, args: unknown[], cleared: boolean }} Run
 * @typedef {{ at: number, reason: string, args: unknown[] }} Failure
 *
 * @typedef {object} Life
 * @property {string} key the request URL without its protocol, body included
 * @property {string} requestUrl
 * @property {string} sentUrl without the body
 * @property {string} body
 * @property {number} began when the first news came, milliseconds since 1970
 * @property {number | undefined} called when the page called the tracker; nothing for a hit from elsewhere
 * @property {Hit[]} arrivals
 * @property {Run[]} runs of the post-track callback
 * @property {Failure[]} failures
 * @property {Outcome | undefined} outcome
 *
 * @typedef {"waiting" | "refused" | "collected" | "ran" | "queued" | "failed"} State
 */

const MOST = 80;

/**
 * @param {{ changed: (life: Life) => void, dropped: (life: Life) => void }} listener
 */
export function createLives({ changed, dropped }) {
  /** @type {Map<string, Life>} */
  const lives = new Map();

  /**
   * @param {string} requestUrl
   * @param {number} at
   * @returns {Life}
   */
  function find(requestUrl, at) {
    const key = requestUrl.replace(/^https?:\/\//, "");
    const known = lives.get(key);
    if (known) return known;
    const life = {
      key,
      requestUrl,
      sentUrl: requestUrl,
      body: "",
      began: at,
      called: undefined,
      arrivals: [],
      runs: [],
      failures: [],
      outcome: undefined,
    };
    lives.set(key, life);
    const oldest = lives.values().next().value;
    if (lives.size > MOST && oldest) drop(oldest);
    return life;
  }

  /** @param {Life} life */
  function drop(life) {
    lives.delete(life.key);
    dropped(life);
  }

  return {
    /** @param {string} requestUrl */
    called(requestUrl) {
      const life = find(requestUrl, Date.now());
      life.called ??= Date.now();
      changed(life);
    },
    /** @param {Hit} hit */
    arrived(hit) {
      const sentUrl = `${location.protocol}//${hit.host}${hit.url}`;
      const life = find(hit.body ? `${sentUrl}?${hit.body}` : sentUrl, Date.parse(hit.time));
      if (life.arrivals.some(({ id }) => id === hit.id)) return;
      life.arrivals.push(hit);
      Object.assign(life, { sentUrl, body: hit.body });
      changed(life);
    },
    /**
     * @param {string} requestUrl
     * @param {unknown[]} args
     * @param {boolean} cleared
     */
    ran(requestUrl, args, cleared) {
      const life = find(requestUrl, Date.now());
      life.runs.push({ at: Date.now(), args, cleared });
      changed(life);
    },
    /**
     * @param {string} requestUrl
     * @param {string} reason
     * @param {unknown[]} args
     */
    gaveUp(requestUrl, reason, args) {
      const life = find(requestUrl, Date.now());
      life.failures.push({ at: Date.now(), reason, args });
      changed(life);
    },
    /** @param {Outcome} outcome */
    settled(outcome) {
      if (!outcome.requestUrl) return;
      const life = find(outcome.requestUrl, Date.now());
      life.outcome = outcome;
      changed(life);
    },
    clear() {
      for (const life of [...lives.values()]) drop(life);
    },
    all: () => [...lives.values()],
  };
}

/**
 * @param {Life} life
 * @returns {State}
 */
export function stateOf(life) {
  if (life.runs.length > 0) return "ran";
  if (life.failures.length > 0 || life.outcome?.status === "failed") return "failed";
  if (life.arrivals.some(({ collected }) => collected)) return "collected";
  if (life.outcome?.status === "queued") return "queued";
  return life.arrivals.length > 0 ? "refused" : "waiting";
}

/** Whether the tracker still has this hit in its hands. @param {Life} life */
export function isPending(life) {
  const state = stateOf(life);
  return life.called !== undefined && (state === "waiting" || state === "refused");
}
