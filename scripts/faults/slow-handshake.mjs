// An HTTPS front for a collector whose TLS handshake takes as long as that of a distant server.
import { EventEmitter } from "node:events";
import { createServer } from "node:https";
import { createServer as createSocketServer } from "node:net";
import { listen } from "../../www/listen.mjs";
import { makeCertificate } from "../lib/certificate.mjs";

/** @type {ReturnType<typeof makeCertificate> | undefined} */
let certificate;

/**
 * @param {import("../../www/collector.mjs").Collector} collector
 * @param {number} handshakeMs
 */
export async function openSlowHandshake(collector, handshakeMs) {
  certificate ??= makeCertificate();
  const server = createServer(
    await certificate,
    (request, response) => void collector.handle(request, response),
  );
  /** @type {EventEmitter<{ accepted: [], opened: [] }>} */
  const events = new EventEmitter();
  server.on("secureConnection", () => events.emit("opened"));
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const front = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A page that is left drops its connections.
    socket.on("error", () => socket.destroy());
    events.emit("accepted");
    setTimeout(() => server.emit("connection", socket), handshakeMs);
  });
  const port = await listen(front);
  return {
    port,
    /** `accepted`: a connection arrives; `opened`: its handshake is complete. */
    events,
    close() {
      front.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openSlowHandshake>>} SlowHandshake */
