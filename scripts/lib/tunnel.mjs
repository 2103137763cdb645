// A proxy that leads every host to one port of this machine, for browsers that cannot map host names.
import { createServer } from "node:http";
import { connect } from "node:net";
import { listen } from "../../www/listen.mjs";

/** @param {number} target the port */
export async function openTunnel(target) {
  // Only HTTPS goes through CONNECT; nothing here is served without it.
  const proxy = createServer((_request, response) => void response.writeHead(502).end());
  /** @type {Set<import("node:stream").Duplex>} */
  const sockets = new Set();
  proxy.on("connect", (_request, client) => {
    const upstream = connect(target, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(client);
      client.pipe(upstream);
    });
    for (const [one, other] of /** @type {const} */ ([
      [client, upstream],
      [upstream, client],
    ])) {
      sockets.add(one);
      // A dropped connection is dropped on both sides.
      one.on("error", () => other.destroy());
      one.on("close", () => {
        other.destroy();
        sockets.delete(one);
      });
    }
  });
  const port = await listen(proxy);
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
