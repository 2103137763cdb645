// WebKitGTK, by its WebDriver, with the part of Playwright's interface that the tests need. A context is a browser of its own.
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { openSession, poll } from "./webdriver.mjs";

/**
 * @typedef {import("./webdriver.mjs").Session} Session
 * @typedef {import("playwright-core").Cookie} Cookie
 * @typedef {import("./page-reports.mjs").ErrorReport | import("./page-reports.mjs").ConsoleReport} Report
 */

/** The page of 1280 x 720, and above it the bar with the address. */
const windowRect = { x: 0, y: 0, width: 1280, height: 758 };
const SCREEN = "1280x720x24";
/** Sites have an empty page there. A cookie can only be set for the page that is shown. */
const EMPTY_PAGE = "/__empty";

/** Some faults spread their calls over many seconds. */
const EVALUATE_TIMEOUT_MS = 120_000;

/** Starts work in a page, and leaves its result there: a command that waited for it would hold up all others. */
const startJob = `
  const [source, id] = arguments;
  const job = ((window.__jobs ??= {})[id] = {});
  (async () => (0, eval)(source))()
    .then((value) => Object.assign(job, { value }), (error) => Object.assign(job, { error: String(error) }))
    .then(() => (job.isDone = true));`;
/** Answers with the result, if there is one, and with what was reported since the last command. */
const takeJob = "return { job: window.__jobs?.[arguments[0]], reports: window.__reports?.splice(0) };";

async function openDisplay() {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", SCREEN, "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [number] = await once(/** @type {NodeJS.EventEmitter} */ (server.stdio[3]), "data");
  return { name: `:${`${number}`.trim()}`, close: () => server.kill() };
}

/**
 * @param {string} executable of the driver
 * @returns {Promise<any>} a Browser of Playwright's, in part
 */
export async function launchWebKit(executable) {
  const display = await openDisplay();
  const events = new EventEmitter();
  const env = {
    DISPLAY: display.name,
    TZ: "UTC",
    WEBKIT_DISABLE_COMPOSITING_MODE: "1",
    LIBGL_ALWAYS_SOFTWARE: "1",
  };
  /** @type {Set<Session>} */
  const sessions = new Set();
  let version = "";
  // Nothing may be left behind when this process ends early; browsers end with their display.
  const end = () => {
    for (const session of sessions) session.kill();
    display.close();
  };
  process.once("exit", end);
  return {
    /** @param {{ proxy?: { server: string } }} [options] */
    async newContext({ proxy } = {}) {
      const capabilities = {
        acceptInsecureCerts: true,
        // Not the capability `proxy`: WebKitGTK would speak TLS to it.
        "webkitgtk:browserOptions": { args: ["--automation", ...(proxy ? [`--proxy=${proxy.server}`] : [])] },
      };
      const session = await openSession(executable, capabilities, env);
      version = session.version;
      sessions.add(session);
      return openContext(session, () => sessions.delete(session));
    },
    version: () => version,
    /** @param {string} event @param {() => void} listener */
    on: (event, listener) => void events.on(event, listener),
    async close() {
      await Promise.all([...sessions].map((session) => session.close()));
      end();
      process.off("exit", end);
      events.emit("disconnected");
    },
  };
}

/**
 * @param {Session} session
 * @param {() => void} closed
 */
function openContext(session, closed) {
  /** @type {Map<string, ReturnType<typeof openTab>>} by handle */
  const tabs = new Map();
  /** @type {{ name: string, value: string, domain: string, path: string }[]} to be set when the first page is loaded */
  const pendingCookies = [];
  /** @type {string | undefined} */
  let current;
  let queue = Promise.resolve();

  /**
   * Runs commands in a tab, after those of other tabs.
   * @template T
   * @param {string} handle
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  function inTab(handle, work) {
    const result = queue.then(async () => {
      if (current !== handle) await session.post("window", { handle });
      current = handle;
      return work();
    });
    queue = result.then(
      () => {},
      () => {},
    );
    return result;
  }

  /** @returns {Promise<string[]>} */
  const handles = () => session.get("window/handles");

  /** @param {string} handle */
  function tabOf(handle) {
    const known = tabs.get(handle);
    if (known) return known;
    const tab = openTab(session, {
      pendingCookies,
      isOpen: async () => (await handles()).includes(handle),
      /** @template T @param {() => Promise<T>} work */
      perform: (work) => inTab(handle, work),
      closed: () => {
        current = undefined;
      },
    });
    tabs.set(handle, tab);
    return tab;
  }

  return {
    async newPage() {
      const [open = ""] = await handles();
      // A tab can only be opened from one that is there.
      const handle =
        tabs.size === 0
          ? open
          : (await inTab(open, () => session.post("window/new", { type: "tab" }))).handle;
      await inTab(handle, () => session.post("window/rect", windowRect));
      return tabOf(handle);
    },
    /** Only for `page`: one that a page has opened. @param {string} _event */
    async waitForEvent(_event) {
      const look = async () => (await handles()).find((handle) => !tabs.has(handle));
      return tabOf(await poll(look, "a new page"));
    },
    /** @param {typeof pendingCookies} list */
    addCookies: async (list) => void pendingCookies.push(...list),
    /** @returns {Promise<Cookie[]>} those of the page that is shown */
    cookies: async () =>
      (await session.get("cookie")).map((/** @type {any} */ cookie) => ({
        ...cookie,
        expires: cookie.expiry ?? -1,
      })),
    /** Those of the page that is shown. */
    clearCookies: () => session.remove("cookie"),
    async close() {
      await session.close();
      closed();
    },
  };
}

/**
 * @param {Session} session
 * @param {object} options
 * @param {{ name: string, value: string, domain: string, path: string }[]} options.pendingCookies
 * @param {() => Promise<boolean>} options.isOpen
 * @param {<T>(work: () => Promise<T>) => Promise<T>} options.perform
 * @param {() => void} options.closed
 */
function openTab(session, { pendingCookies, isOpen, perform, closed }) {
  const events = new EventEmitter();
  let jobs = 0;

  /** @param {Report[]} reports */
  function publish(reports) {
    for (const report of reports) {
      if (report.event === "pageerror") events.emit("pageerror", new Error(report.message));
      else
        events.emit("console", {
          type: () => report.type,
          text: () => report.text,
          args: () => [report.text],
        });
    }
  }

  /**
   * @param {string} script the body of a function
   * @param {unknown[]} [args]
   */
  const execute = (script, args = []) => perform(() => session.post("execute/sync", { script, args }));

  const page = {
    /** @param {string} event @param {(subject: any) => void} listener */
    on: (event, listener) => void events.on(event, listener),
    // WebDriver's own is five minutes.
    setDefaultTimeout: () => {},
    removeAllListeners: () => void events.removeAllListeners(),
    /** @param {string} url */
    async goto(url) {
      if (pendingCookies.length > 0) {
        // Not the page that is loaded next: it can be of another domain.
        const empty = `https://www${pendingCookies[0]?.domain}${EMPTY_PAGE}`;
        await perform(() => session.post("url", { url: empty }));
        // The driver refuses empty values.
        const texts = pendingCookies
          .splice(0)
          .map(({ name, value, domain, path }) => `${name}=${value}; domain=${domain}; path=${path}`);
        await execute("for (const text of arguments[0]) document.cookie = text", [texts]);
      }
      await perform(() => session.post("url", { url }));
    },
    /**
     * @param {string | Function} work
     * @param {unknown} [argument]
     */
    async evaluate(work, argument) {
      const source = typeof work === "string" ? work : `(${work})(${JSON.stringify(argument) ?? ""})`;
      const id = `${++jobs}`;
      await execute(startJob, [source, id]);
      const take = async () => {
        const { job, reports } = await execute(takeJob, [id]);
        publish(reports ?? []);
        // A page that has been left has no result.
        return job ? job.isDone && job : {};
      };
      const { value, error } = await poll(take, source, EVALUATE_TIMEOUT_MS);
      if (error !== undefined) throw new Error(error);
      return value ?? undefined;
    },
    /** @param {string} selector */
    async click(selector) {
      const found = await perform(() => session.post("element", { using: "css selector", value: selector }));
      const [element] = Object.values(found);
      await perform(() => session.post(`element/${element}/click`));
    },
    reload: () => perform(() => session.post("refresh")),
    /** @param {string | ((url: URL) => boolean)} wanted */
    async waitForURL(wanted) {
      const isWanted = typeof wanted === "string" ? (/** @type {URL} */ { href }) => href === wanted : wanted;
      await poll(async () => isWanted(new URL(await perform(() => session.get("url")))), "the page's URL");
      await page.waitForLoadState();
    },
    /** Only for `load`. */
    waitForLoadState: () =>
      poll(async () => (await execute("return document.readyState")) === "complete", "the page to load"),
    /** @param {"load" | "close"} event */
    async waitForEvent(event) {
      if (event === "close") return poll(async () => !(await isOpen()), "the page to close");
      await execute("window.__isOld = true");
      await poll(async () => !(await execute("return window.__isOld")), "another page");
      await page.waitForLoadState();
    },
    async close() {
      await perform(() => session.remove("window"));
      closed();
    },
    /** A clock that the page itself has, see fake-clock.mjs. */
    clock: {
      /** @param {number} ms */
      runFor: (ms) => page.evaluate(`fakeClock.runFor(${ms})`),
    },
  };
  return page;
}
