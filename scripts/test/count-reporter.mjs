// A reporter for `node --test`: keeps the numbers of passed and failed tests as JSON in the file that COUNTS_FILE names.
// Suites and skipped tests do not count. It prints nothing, and writes synchronously after each test, because with
// --test-force-exit the process ends before the output of a reporter has reached its destination.
import { writeFileSync } from "node:fs";

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0 };
  for await (const { type, data } of events) {
    if (data.details?.type === "suite" || data.skip !== undefined) continue;
    if (type !== "test:pass" && type !== "test:fail") continue;
    counts[type === "test:pass" ? "passed" : "failed"]++;
    writeFileSync(process.env.COUNTS_FILE ?? "", JSON.stringify(counts));
  }
  yield "";
}
