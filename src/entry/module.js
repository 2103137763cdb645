// Entry point of the npm package. Nothing is started before the first call, so that it can be imported on servers.
import { load } from "./load.js";

/** @type {ReturnType<typeof load> | undefined} */
let loaded;
const tracker = () => (loaded ||= load());

/** @param {string} account */
export function s_gi(account) {
  return tracker().s_gi(account);
}

/** @param {string} account */
export function AppMeasurement(account) {
  return tracker().AppMeasurement(account);
}
