// npm run first-hits: counts what is lost and what arrives twice when a page is left before its collector has answered, over a range
// of times that connections take to open and hits to be answered.
//   npm run first-hits -- [--script FILE] [--seed N]
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ANSWER_MS, HANDSHAKE_MS, kinds } from "./faults/first-hits.mjs";
import { readScript } from "./lib/read-script.mjs";
import { main, root } from "./lib/run.mjs";

const WIDTH = 18;
const CONCURRENCY = 2;

/** @param {string[]} cells */
const line = (cells) => cells.map((cell) => cell.padStart(WIDTH)).join("");

/**
 * @template T
 * @param {(() => Promise<T>)[]} tasks
 */
async function runAll(tasks) {
  const results = /** @type {T[]} */ ([]);
  const queue = [...tasks.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return results;
}

await main(async () => {
  const { script } = parseArgs({ options: { script: { type: "string" } } }).values;
  const path = script ? resolve(script) : join(root, "dist/afterhit.js");
  const source = readScript(path, script ? "--script needs the path of a script" : "run `npm run build`");
  // Imports npm packages, which `npm run build` installs.
  const { openRunner } = await import("./faults/runner.mjs");
  const runner = await openRunner({ script: source });
  try {
    const cells = kinds.flatMap(({ fault }) =>
      HANDSHAKE_MS.flatMap((handshakeMs) =>
        ANSWER_MS.map((answerMs) => async () => {
          const [row] = await runner.run(fault(handshakeMs, answerMs), 0);
          return row ? `${row.lost} lost, ${row.duplicates} twice` : "";
        }),
      ),
    );
    const results = await runAll(cells);
    for (const { about, pages } of kinds) {
      console.log(`\n${about}, ${pages} pages for each cell`);
      console.log(line(["answer after", ...ANSWER_MS.map((ms) => `${ms} ms`)]));
      for (const ms of HANDSHAKE_MS)
        console.log(line([`handshake ${ms} ms`, ...results.splice(0, ANSWER_MS.length)]));
    }
  } finally {
    await runner.close();
  }
});
