// Endless loops that keep a machine busy beside a measurement.
import { Worker } from "node:worker_threads";

/**
 * @param {number} count
 * @returns {() => Promise<unknown>} stops them
 */
export function keepBusy(count) {
  const workers = Array.from({ length: count }, () => new Worker("for (;;);", { eval: true }));
  return () => Promise.all(workers.map((worker) => worker.terminate()));
}
