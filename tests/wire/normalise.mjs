// Replaces what differs between two correct runs by a constant: times, the random request id, the library's version, and
// how long the previous request took (`lrt`).

/** The visitor id in the cookie `s_fid`. */
const fid = /^[0-9A-F]{16}-[0-9A-F]{16}$/;

/**
 * @param {import("./site.mjs").Arrival} arrival
 * @param {import("./scenarios.mjs").Scenario} scenario
 * @returns {import("./scenarios.mjs").Request}
 */
export function normaliseRequest({ method, host, url, body }, { keep = [], random = [] }) {
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  /** @param {string} parameters */
  const normalise = (parameters) =>
    parameters
      .split("&")
      .filter((parameter) => keep.includes("lrt") || !parameter.startsWith("lrt="))
      .map((parameter) => {
        if (parameter.startsWith("t=")) return "t=TIME";
        if (/^ts=(1[6-9]\d{8}|2\d{9})$/.test(parameter) && !keep.includes("ts")) return "ts=TIMESTAMP";
        if (parameter.startsWith("fid=") && fid.test(parameter.slice(4)) && !keep.includes("fid"))
          return "fid=FID";
        const [name = ""] = parameter.split("=");
        return random.includes(name) ? `${name}=RANDOM` : parameter;
      })
      .join("&");
  return {
    method,
    host,
    path: path.replace(/\/JS-[^/]*/, "/JS-VERSION").replace(/\/s\d+$/, "/sRANDOM"),
    ...(query ? { query: normalise(query) } : {}),
    ...(body ? { body: query ? body : normalise(body) } : {}),
  };
}

/**
 * A line of the console, which may hold request URLs.
 * @param {string} line
 */
export function normaliseLine(line) {
  return line
    .replace(/\/JS-[^/]*\/s\d+/g, "/JS-VERSION/sRANDOM")
    .replace(/([?&\t])t=\d+[^&\n]*/g, "$1t=TIME")
    .replace(/([?&\t])fid=[0-9A-F]{16}-[0-9A-F]{16}/g, "$1fid=FID")
    .replace(/&lrt=\d+|\n\tlrt=\d+/g, "");
}

/** Chromium keeps no cookie for longer. */
const MAX_COOKIE_DAYS = 400;

/** @param {import("playwright-core").Cookie} cookie */
export function describeCookie({ value, domain, path, secure, expires }) {
  const days = Math.min(MAX_COOKIE_DAYS, Math.round((expires - Date.now() / 1000) / 86_400));
  const life = expires < 0 ? "session" : `days=${days}`;
  const flags = secure ? "; secure" : "";
  return `${value.replace(fid, "FID")}; domain=${domain}; path=${path}${flags}; ${life}`;
}
