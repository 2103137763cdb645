// A port for a program that cannot choose one itself.
import { once } from "node:events";
import { createServer } from "node:net";
import { listen } from "../../www/listen.mjs";

export async function freePort() {
  const server = createServer();
  const port = await listen(server);
  await once(server.close(), "close");
  return port;
}
