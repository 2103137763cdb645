/**
 * Starts a server on this machine and returns its port.
 */

/**
 * @param {import("node:net").Server} server HTTP servers too
 * @param {number} [port] 0: any free port
 * @param {string} [host]
 * @returns {Promise<number>} the port; rejects when the server cannot listen on it
 */
export function listen(server, port = 0, host = "127.0.0.1") {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(address && typeof address === "object" ? address.port : port);
    });
  });
}
