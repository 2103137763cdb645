// The core names what hands say and do by numbers: both sides must have them in the same order.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const rust = await readFile(new URL("../../src/tracker/hands.rs", import.meta.url), "utf8");
const script = await readFile(new URL("../../src/page/hands.js", import.meta.url), "utf8");

/** @param {string} name of the enum */
const inRust = (name) =>
  [...(rust.split(`enum ${name} {`)[1]?.split("\n}")[0] ?? "").matchAll(/^ {4}(\w+),$/gm)].map((m) => m[1]);

/** @param {string} name of the list */
const inScript = (name) =>
  [...(script.split(`const ${name} = [`)[1]?.split("\n];")[0] ?? "").matchAll(/^ {2}\w+\.(\w+),$/gm)].map(
    (m) => m[1],
  );

test("the core and its hands have the same questions", () => {
  assert.ok(inRust("Question").length > 10);
  assert.deepEqual(inScript("questions"), inRust("Question"));
});

test("the core and its hands have the same deeds", () => {
  assert.ok(inRust("Deed").length > 10);
  assert.deepEqual(inScript("deeds"), inRust("Deed"));
});
