/**
 * The collector's event stream (Server-Sent Events): `hit` for each hit as it arrives, `plan` when the plan changes,
 * `cleared`. It starts with the hits in memory, then `ready`. A page that reconnects names the last hit it knows
 * (`Last-Event-ID`, or `?after=ID`) and gets those that it missed.
 *
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 */

const HEARTBEAT_MS = 15_000;
/** A reader that leaves this much unread is gone or suspended; it may reconnect. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** @param {ReturnType<typeof import("./hits.mjs").createHits>} hits */
export function createStream(hits) {
  /** @type {Set<Response>} */
  const readers = new Set();

  /**
   * @param {Response} reader
   * @param {string} text
   */
  function write(reader, text) {
    if (reader.writableLength > MAX_UNREAD_BYTES) reader.destroy();
    else reader.write(text);
  }

  /**
   * @param {string} event
   * @param {unknown} data
   * @param {string} [id]
   */
  function send(event, data, id) {
    const text = message(event, data, id);
    for (const reader of readers) write(reader, text);
  }

  hits.onHit((hit) => send("hit", hit, hit.id));
  const heartbeat = setInterval(() => {
    for (const reader of readers) write(reader, ": heartbeat\n\n");
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    send,
    /**
     * @param {Request} request
     * @param {Response} response
     * @param {unknown} plan
     */
    open(request, response, plan) {
      const lastId =
        request.headers["last-event-id"] ?? new URL(request.url ?? "", "http://_").searchParams.get("after");
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(message("plan", plan));
      for (const hit of hits.after(lastId?.toString())) response.write(message("hit", hit, hit.id));
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
