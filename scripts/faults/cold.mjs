// HTTPS in front of a collector, with a handshake as long as that of a server far away.
import { EventEmitter, once } from "node:events";
import { createServer } from "node:https";
import { createServer as createSocketServer } from "node:net";
import { makeCertificate } from "../lib/certificate.mjs";

/** Milliseconds. */
const HANDSHAKE = 150;

/** @type {Awaited<ReturnType<typeof makeCertificate>> | undefined} */
let certificate;

/** @param {import("../../www/collector.mjs").Collector} collector */
export async function openCold(collector) {
  certificate ??= await makeCertificate();
  const server = createServer(certificate, (request, response) => void collector.handle(request, response));
  /** @type {EventEmitter<{ accepted: [], opened: [] }>} */
  const events = new EventEmitter();
  server.on("secureConnection", () => events.emit("opened"));
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const far = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A page that is left gives up its connections.
    socket.on("error", () => socket.destroy());
    events.emit("accepted");
    setTimeout(() => server.emit("connection", socket), HANDSHAKE);
  });
  await once(far.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (far.address());
  return {
    port,
    /** `accepted`: a handshake begins; `opened`: it is over. */
    events,
    close() {
      far.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openCold>>} Cold */
