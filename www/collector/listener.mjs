/**
 * An HTTP server whose listening socket can be closed and opened again on the same port.
 */
import http from "node:http";
import { listen } from "../listen.mjs";

/** Node rejects headers above 16 KB by default; a beacon's URL may have 64,000 characters. */
export const SERVER_OPTIONS = { maxHeaderSize: 256 * 1024 };

/**
 * @param {import("node:http").RequestListener} onRequest
 */
export function createListener(onRequest) {
  /** @type {http.Server | undefined} */
  let server;
  let port = 0;
  /** @type {string | undefined} */
  let host;

  /** @returns {Promise<number>} the port */
  async function up() {
    if (server) return port;
    server = http.createServer(SERVER_OPTIONS, onRequest);
    try {
      port = await listen(server, port, host);
      return port;
    } catch (error) {
      server = undefined;
      throw error;
    }
  }

  return {
    up,
    /**
     * @param {number} [wantedPort] 0: any free port
     * @param {string} [wantedHost]
     */
    listen(wantedPort = 0, wantedHost = host) {
      port = wantedPort;
      host = wantedHost;
      return up();
    },
    /** @returns {Promise<void>} */
    down() {
      const stopping = server;
      server = undefined;
      return new Promise((resolve) => {
        if (!stopping) return resolve();
        stopping.close(() => resolve());
        stopping.closeAllConnections();
      });
    },
  };
}
