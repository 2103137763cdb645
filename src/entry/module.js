// The npm package: nothing happens before the first call, so that servers may import it.
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
