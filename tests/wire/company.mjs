// Several players side by side, each with a browser and a site of its own: most of a scenario's time is waiting.
import { launchBrowser } from "../../scripts/lib/launch-browser.mjs";
import { makeCertificate } from "./certificate.mjs";
import { play } from "./play.mjs";
import { openSite } from "./site.mjs";

/**
 * @typedef {import("./scenarios.mjs").Scenario} Scenario
 * @typedef {Awaited<ReturnType<typeof play>>} Findings
 */

/** So many scenarios are played at once; more of them disturb each other on two cores. */
export const PLAYERS = 6;

/**
 * @param {Buffer} library
 * @param {number} [players]
 */
export function gather(library, players = PLAYERS) {
  const certificate = makeCertificate();
  /** @type {ReturnType<typeof hire>[]} */
  const hired = [];
  /** @type {ReturnType<typeof hire>[]} */
  const idle = [];

  async function hire() {
    const site = await openSite(certificate, library);
    const browser = await launchBrowser({
      hosts: `MAP * 127.0.0.1:${site.port}`,
      // The exception that a page has for our certificate does not cover requests that outlive the page.
      args: ["--ignore-certificate-errors"],
    });
    return { site, browser };
  }

  function nextPlayer() {
    const free = idle.pop();
    if (free) return free;
    const hiring = hire();
    hired.push(hiring);
    return hiring;
  }

  /**
   * At once, whoever else plays.
   * @param {Scenario} scenario
   * @returns {Promise<Findings>}
   */
  async function playOne(scenario) {
    const player = nextPlayer();
    try {
      const { site, browser } = await player;
      return await play(scenario, browser, site);
    } finally {
      idle.push(player);
    }
  }

  /**
   * So many at a time as there are players.
   * @param {Scenario[]} scenarios
   * @returns {Map<Scenario, Promise<Findings>>} what each of them came to, in their order
   */
  function playAll(scenarios) {
    /** @type {{ scenario: Scenario, resolve: (found: Promise<Findings>) => void }[]} */
    const waiting = [];
    /** @type {Map<Scenario, Promise<Findings>>} */
    const findings = new Map();
    for (const scenario of scenarios) {
      const found = new Promise((resolve) => waiting.push({ scenario, resolve }));
      // Whoever asks for it hears of a failure, however late.
      found.catch(() => {});
      findings.set(scenario, found);
    }
    // The longest first, so that none is left over at the end.
    waiting.sort((one, other) => length(other.scenario) - length(one.scenario));
    const playOn = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const found = playOne(next.scenario);
        next.resolve(found);
        await found.catch(() => {});
      }
    };
    for (let i = 0; i < players; i++) playOn();
    return findings;
  }

  async function dismiss() {
    for (const hiring of await Promise.allSettled(hired)) {
      if (hiring.status === "rejected") continue;
      await hiring.value.browser.close();
      hiring.value.site.close();
    }
  }

  return { play: playOne, playAll, dismiss };
}

/**
 * About how long it takes, in ms.
 * @param {Scenario} scenario
 */
function length({ steps }) {
  return steps.reduce((sum, { wait = 0, requests = 0 }) => sum + 500 + wait + requests * 100, 0);
}
