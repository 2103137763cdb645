/**
 * A listening socket that can be closed and opened again, on the same port.
 */
import http from "node:http";

/** Node refuses headers of more than 16 KB; a beacon's URL may have 64,000 characters. */
export const SERVER_OPTIONS = { maxHeaderSize: 256 * 1024 };

/**
 * @param {import("node:http").RequestListener} onRequest
 */
export function createListener(onRequest) {
  /** @type {http.Server | undefined} */
  let server;
  let port = 0;
  let host = "127.0.0.1";

  /** @returns {Promise<number>} the port */
  function up() {
    if (server) return Promise.resolve(port);
    const starting = http.createServer(SERVER_OPTIONS, onRequest);
    server = starting;
    return new Promise((resolve, reject) => {
      starting.once("error", (error) => {
        server = undefined;
        reject(error);
      });
      starting.listen(port, host, () => {
        const address = starting.address();
        if (address && typeof address === "object") port = address.port;
        resolve(port);
      });
    });
  }

  return {
    up,
    /**
     * @param {number} [wantedPort] 0: any that is free
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
