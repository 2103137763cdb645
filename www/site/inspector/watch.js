/**
 * What the inspector has to know from the page: one callback of each kind, registered after the site's own, so that
 * what the site did in its callbacks can be seen.
 *
 * @typedef {import("../types.js").Tracker} Tracker
 */

/**
 * @param {Tracker} s
 * @param {ReturnType<typeof import("./lives.js").createLives>} lives
 * @returns {() => void} to be called after every tracking call
 */
export function watchTracker(s, lives) {
  s.registerPreTrackCallback((requestUrl) => lives.called(requestUrl));
  s.registerPostTrackCallback(
    (requestUrl, /** @type {unknown[]} */ ...args) => lives.ran(requestUrl, args, !s.channel && !s.prop1),
    "param1",
    "param2",
    "param3",
  );
  s.registerTrackFailureCallback(
    (requestUrl, reason, /** @type {unknown[]} */ ...args) => lives.gaveUp(requestUrl, reason, args),
    "param1",
  );
  return () => {
    s.outcome().then((outcome) => lives.settled(outcome));
  };
}
