// Several players side by side, each with a browser and a site of its own: most of a scenario's time is waiting.
import { launchBrowser } from "../support/browser.mjs";
import { makeCertificate } from "./certificate.mjs";
import { play } from "./play.mjs";
import { openSite } from "./site.mjs";

/** So many scenarios are played at once; more of them disturb each other on two cores. */
export const PLAYERS = 6;

/** @param {Buffer} library */
export function gather(library) {
  const certificate = makeCertificate();
  /** @type {Promise<Player>[]} */
  const hired = [];
  /** @type {Player[]} */
  const idle = [];
  /** @typedef {Awaited<ReturnType<typeof hire>>} Player */

  async function hire() {
    const site = await openSite(certificate, library);
    const browser = await launchBrowser({
      hosts: `MAP * 127.0.0.1:${site.port}`,
      // The exception that a page has for our certificate does not cover requests that outlive the page.
      args: ["--ignore-certificate-errors"],
    });
    return { site, browser };
  }

  async function player() {
    const free = idle.pop();
    if (free) return free;
    const hiring = hire();
    hired.push(hiring);
    return hiring;
  }

  return {
    /**
     * @param {import("./scenarios.mjs").Scenario} scenario
     * @returns {ReturnType<typeof play>}
     */
    async play(scenario) {
      const one = await player();
      try {
        return await play(scenario, one.browser, one.site);
      } finally {
        idle.push(one);
      }
    },
    async dismiss() {
      for (const hiring of await Promise.allSettled(hired)) {
        if (hiring.status === "rejected") continue;
        await hiring.value.browser.close();
        hiring.value.site.close();
      }
    },
  };
}
