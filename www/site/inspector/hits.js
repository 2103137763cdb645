/**
 * A record for every hit: the tracking call in the page, each arrival at the collector (one per attempt), the callbacks
 * that ran, and the outcome. They are matched by request URL, in whatever order the events come in.
 *
 * @typedef {import("../types.js").Hit} Hit
 * @typedef {import("../types.js").Outcome} Outcome
 * @typedef {{ at: number, args: unknown[], cleared: boolean }} CallbackRun `cleared`: `s.clearVars()` had run before it
 * @typedef {{ at: number, reason: string, args: unknown[] }} Failure
 *
 * All times are in milliseconds since 1970.
 *
 * @typedef {object} HitRecord
 * @property {string} key the request URL without its protocol, including the body
 * @property {string} requestUrl as callbacks receive it
 * @property {string} sentUrl without the body
 * @property {string} body
 * @property {number} firstSeen
 * @property {number | undefined} called when the page called the tracker; undefined for hits from other pages
 * @property {Hit[]} arrivals
 * @property {CallbackRun[]} runs of the post-track callback
 * @property {Failure[]} failures runs of the track failure callback
 * @property {Outcome | undefined} outcome
 *
 * @typedef {"waiting" | "not-collected" | "collected" | "ran" | "queued" | "failed"} State
 */

const MAX_RECORDS = 80;

/**
 * @param {{ changed: (record: HitRecord) => void, dropped: (record: HitRecord) => void }} listener
 */
export function createHitRecords({ changed, dropped }) {
  /** @type {Map<string, HitRecord>} */
  const records = new Map();

  /**
   * @param {string} requestUrl
   * @param {number} at
   * @returns {HitRecord}
   */
  function findOrCreate(requestUrl, at) {
    const key = requestUrl.replace(/^https?:\/\//, "");
    const known = records.get(key);
    if (known) return known;
    const record = {
      key,
      requestUrl,
      sentUrl: requestUrl,
      body: "",
      firstSeen: at,
      called: undefined,
      arrivals: [],
      runs: [],
      failures: [],
      outcome: undefined,
    };
    records.set(key, record);
    const oldest = records.values().next().value;
    if (records.size > MAX_RECORDS && oldest) drop(oldest);
    return record;
  }

  /** @param {HitRecord} record */
  function drop(record) {
    records.delete(record.key);
    dropped(record);
  }

  return {
    /** @param {string} requestUrl */
    called(requestUrl) {
      const record = findOrCreate(requestUrl, Date.now());
      record.called ??= Date.now();
      changed(record);
    },
    /** @param {Hit} hit */
    arrived(hit) {
      const sentUrl = `${location.protocol}//${hit.host}${hit.url}`;
      const record = findOrCreate(hit.body ? `${sentUrl}?${hit.body}` : sentUrl, Date.parse(hit.time));
      if (record.arrivals.some(({ id }) => id === hit.id)) return;
      record.arrivals.push(hit);
      Object.assign(record, { sentUrl, body: hit.body });
      changed(record);
    },
    /**
     * @param {string} requestUrl
     * @param {Omit<CallbackRun, "at">} run
     */
    callbackRan(requestUrl, run) {
      const record = findOrCreate(requestUrl, Date.now());
      record.runs.push({ at: Date.now(), ...run });
      changed(record);
    },
    /**
     * @param {string} requestUrl
     * @param {Omit<Failure, "at">} failure
     */
    failed(requestUrl, failure) {
      const record = findOrCreate(requestUrl, Date.now());
      record.failures.push({ at: Date.now(), ...failure });
      changed(record);
    },
    /** @param {Outcome} outcome */
    settled(outcome) {
      if (!outcome.requestUrl) return;
      const record = findOrCreate(outcome.requestUrl, Date.now());
      record.outcome = outcome;
      changed(record);
    },
    clear() {
      for (const record of [...records.values()]) drop(record);
    },
    all: () => [...records.values()],
  };
}

/** @typedef {ReturnType<typeof createHitRecords>} HitRecords */

/** @param {HitRecord} record */
export function isCollected({ arrivals }) {
  return arrivals.some(({ collected }) => collected);
}

/**
 * @param {HitRecord} record
 * @returns {State}
 */
export function stateOf(record) {
  if (record.runs.length > 0) return "ran";
  if (record.failures.length > 0 || record.outcome?.status === "failed") return "failed";
  if (isCollected(record)) return "collected";
  if (record.outcome?.status === "queued") return "queued";
  return record.arrivals.length > 0 ? "not-collected" : "waiting";
}

/**
 * Whether the hit of this page is still in the tracker's delivery queue.
 *
 * @param {HitRecord} record
 */
export function isPending(record) {
  const state = stateOf(record);
  return record.called !== undefined && (state === "waiting" || state === "not-collected");
}
