/**
 * The collector's news as they come. A page that nobody sees closes its connection (a browser grants few to one host)
 * and catches up when it is seen again.
 *
 * @typedef {import("../types.js").Hit} Hit
 */

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
  let last = "";

  function open() {
    source = new EventSource(`/__hits?after=${encodeURIComponent(last)}`);
    source.addEventListener("hit", (event) => {
      last = event.lastEventId;
      hit(JSON.parse(event.data));
    });
    source.addEventListener("plan", (event) => plan(JSON.parse(event.data)));
    source.addEventListener("cleared", cleared);
    source.addEventListener("ready", () => connected(true));
    source.addEventListener("error", () => {
      connected(false);
      // Closed for good by an answer that is no stream: the browser does not try again by itself.
      if (source?.readyState === EventSource.CLOSED) setTimeout(reopen, 2000);
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
  const answer = await fetch("/__plan", { method: "PUT", body: JSON.stringify(plan) });
  if (!answer.ok) throw new Error(await answer.text());
}

export async function clearHits() {
  await fetch("/__hits", { method: "DELETE" });
}
