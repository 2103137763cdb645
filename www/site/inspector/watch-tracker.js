/**
 * Reports a page's tracking calls to the inspector. Its callbacks are registered after the site's own, so that it can
 * see what the site did in them.
 *
 * @typedef {import("../types.js").Tracker} Tracker
 */

/**
 * @param {Tracker} s
 * @param {import("./hits.js").HitRecords} records
 * @returns {() => void} to be called after every tracking call
 */
export function watchTracker(s, records) {
  s.registerPreTrackCallback((requestUrl) => records.called(requestUrl));
  s.registerPostTrackCallback(
    (requestUrl, /** @type {unknown[]} */ ...args) =>
      records.callbackRan(requestUrl, { args, cleared: !s.channel && !s.prop1 }),
    "param1",
    "param2",
    "param3",
  );
  s.registerTrackFailureCallback(
    (requestUrl, reason, /** @type {unknown[]} */ ...args) => records.failed(requestUrl, { reason, args }),
    "param1",
  );
  return () => {
    s.outcome().then((outcome) => records.settled(outcome));
  };
}
