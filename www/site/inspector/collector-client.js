/**
 * The collector's events, and the commands that the inspector sends it. A hidden page closes its connection, because
 * browsers allow only a few per host, and catches up when it is shown again.
 *
 * @typedef {import("../types.js").Hit} Hit
 */

const RECONNECT_MS = 2000;

/**
 * @param {object} listener
 * @param {(hit: Hit) => void} listener.hit
 * @param {(plan: unknown) => void} listener.plan
 * @param {() => void} listener.cleared
 * @param {(connected: boolean) => void} listener.connected
 */
export function followCollector({ hit, plan, cleared, connected }) {
  /** @type {EventSource | undefined} */
  let source;
  let lastId = "";

  function open() {
    source = new EventSource(`/__hits?after=${encodeURIComponent(lastId)}`);
    source.addEventListener("hit", (event) => {
      lastId = event.lastEventId;
      hit(JSON.parse(event.data));
    });
    source.addEventListener("plan", (event) => plan(JSON.parse(event.data)));
    source.addEventListener("cleared", cleared);
    source.addEventListener("ready", () => connected(true));
    source.addEventListener("error", () => {
      connected(false);
      // The browser does not reconnect by itself after a response that is no event stream.
      if (source?.readyState === EventSource.CLOSED) setTimeout(reopen, RECONNECT_MS);
    });
  }

  function close() {
    source?.close();
    source = undefined;
  }

  function reopen() {
    close();
    if (document.visibilityState === "visible") open();
  }

  document.addEventListener("visibilitychange", reopen);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => {
    if (event.persisted) reopen();
  });
  open();
}

/** @param {unknown} plan */
export async function putPlan(plan) {
  const response = await fetch("/__plan", { method: "PUT", body: JSON.stringify(plan) });
  if (!response.ok) throw new Error(await response.text());
}

export async function clearHits() {
  await fetch("/__hits", { method: "DELETE" });
}
