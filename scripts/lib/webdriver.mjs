// A WebDriver session, for the browsers that Playwright cannot drive as they are installed.
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./free-port.mjs";

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

/**
 * Calls until the result is there. WebDriver has no events.
 * @template T
 * @param {() => Promise<T | undefined | false>} look
 * @param {string} what is waited for
 * @param {number} [timeoutMs]
 * @returns {Promise<T>}
 */
export async function poll(look, what, timeoutMs = START_TIMEOUT_MS) {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await pause(POLL_MS)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`timed out waiting for ${what}`);
}

/**
 * Starts a driver of its own for each session: WebKitWebDriver has one session at a time.
 * @param {string} executable of the driver
 * @param {object} capabilities
 * @param {Record<string, string>} env
 */
export async function openSession(executable, capabilities, env) {
  const port = await freePort();
  const driver = spawn(executable, [`--port=${port}`, "--host=127.0.0.1"], {
    stdio: "ignore",
    env: { ...process.env, ...env },
  });

  /**
   * @param {"GET" | "POST" | "DELETE"} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>} what the driver answers
   */
  async function send(method, path, body = {}) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(method === "POST" ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = /** @type {any} */ (await response.json());
    if (value?.error) throw new Error(value.message || value.error);
    return value;
  }

  await poll(() => send("GET", "/status").catch(() => undefined), `an answer of ${executable}`);
  const { sessionId, ...session } = await send("POST", "/session", {
    capabilities: { alwaysMatch: capabilities },
  });
  const path = `/session/${sessionId}`;
  return {
    /** @type {string} */
    version: session.capabilities.browserVersion,
    /** @param {string} command */
    get: (command) => send("GET", `${path}/${command}`),
    /**
     * @param {string} command
     * @param {object} [body]
     */
    post: (command, body) => send("POST", `${path}/${command}`, body),
    /** @param {string} command */
    remove: (command) => send("DELETE", `${path}/${command}`),
    /** Ends the browser too. */
    async close() {
      await send("DELETE", path).catch(() => {});
      driver.kill();
    },
    /** Ends the driver only, without waiting. */
    kill: () => void driver.kill(),
  };
}

/** @typedef {Awaited<ReturnType<typeof openSession>>} Session */
