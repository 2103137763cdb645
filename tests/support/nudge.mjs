// The server of wasm-bindgen-test-runner (tiny_http 0.12) gives threads to connections, and when several come at once it
// may forget some until another one closes. A browser that asks for many modules then waits for ever, at "Loading
// scripts...". Connections that open and close again wake the forgotten ones.
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/**
 * @param {number} port
 * @returns {() => void} stops it
 */
export function nudge(port) {
  const timer = setInterval(() => {
    const connection = connect(port, "127.0.0.1", () => connection.end());
    // Nobody listens yet, or no more.
    connection.on("error", () => {});
  }, 100);
  return () => clearInterval(timer);
}
