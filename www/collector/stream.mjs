/**
 * What the collector tells pages that watch it, as Server-Sent Events: `hit` for each hit as it arrives, `plan` when
 * the plan changes, `cleared`. What is in memory comes first, then `ready`; a page that comes back after a break names
 * the last hit it knows (`Last-Event-ID`, or `?after=ID`) and gets those that it missed.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */

const HEARTBEAT = 15_000;
/** A reader that lets so much pile up is gone or asleep; it may connect again. */
const MOST_UNREAD = 8 * 1024 * 1024;

/** @param {ReturnType<typeof import("./hits.mjs").createHits>} hits */
export function createStream(hits) {
  /** @type {Set<Response>} */
  const readers = new Set();

  /**
   * @param {Response} reader
   * @param {string} text
   */
  function write(reader, text) {
    if (reader.writableLength > MOST_UNREAD) reader.destroy();
    else reader.write(text);
  }

  /**
   * @param {string} event
   * @param {unknown} data
   * @param {string} [id]
   */
  function tell(event, data, id) {
    const text = message(event, data, id);
    for (const reader of readers) write(reader, text);
  }

  hits.onHit((hit) => tell("hit", hit, hit.id));
  const heartbeat = setInterval(() => {
    for (const reader of readers) write(reader, ": still here\n\n");
  }, HEARTBEAT);
  heartbeat.unref();

  return {
    tell,
    /**
     * @param {Request} request
     * @param {Response} response
     * @param {unknown} plan
     */
    open(request, response, plan) {
      const last =
        request.headers["last-event-id"] ?? new URL(request.url ?? "", "http://_").searchParams.get("after");
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(message("plan", plan));
      for (const hit of hits.after(last?.toString())) response.write(message("hit", hit, hit.id));
      response.write(message("ready", {}));
      readers.add(response);
      response.on("close", () => readers.delete(response));
    },
    close() {
      clearInterval(heartbeat);
      for (const reader of readers) reader.end();
      readers.clear();
    },
  };
}

/**
 * @param {string} event
 * @param {unknown} data
 * @param {string} [id]
 */
function message(event, data, id) {
  return `${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
