// The core calls host functions by index; the list in Rust is the only source of the JavaScript arrays.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHostInterface, renderHostFunctions } from "../../scripts/build/host-interface.mjs";

const source = `//! Host functions.
use crate::hit::text::Text;

host_functions! {
    queries {
        /// The variables of a tracker: slots and values.
        variables(tracker) => properties.variables;
        page_url() => environment.pageUrl;
    }
    ops {
        // In the order of their use.
        has_property(tracker, text) -> bool => properties.hasProperty;

        log(text) => calls.log;
    }
    services {
        /// A visitor id service.
        visitor => services.hasVisitor;
    }
}

fn more() {}
`;

/** @param {string} line @param {string} replacement */
const parseWith = (line, replacement) => parseHostInterface(source.replace(line, replacement), "host.rs");

test("each line of the list names a function of a module in src/page, in the order of its index", () => {
  assert.deepEqual(parseHostInterface(source), {
    queries: [
      { rust: "variables", module: "properties", export: "variables" },
      { rust: "page_url", module: "environment", export: "pageUrl" },
    ],
    ops: [
      { rust: "has_property", module: "properties", export: "hasProperty" },
      { rust: "log", module: "calls", export: "log" },
    ],
    services: [{ rust: "visitor", module: "services", export: "hasVisitor" }],
  });
});

test("the generated module imports each module once and exports an array for each block", () => {
  const [comment, formatter, ...lines] = renderHostFunctions(parseHostInterface(source)).split("\n");
  assert.match(comment ?? "", /^\/\/ Generated from the list in src\/tracker\/host\.rs: change it there/);
  assert.match(formatter ?? "", /biome-ignore-all format/);
  assert.equal(
    lines.filter((line) => !line.startsWith("/**")).join("\n"),
    `
import * as calls from "./calls.js";
import * as environment from "./environment.js";
import * as properties from "./properties.js";
import * as services from "./services.js";

export const queries = [
  properties.variables,
  environment.pageUrl,
];

export const ops = [
  properties.hasProperty,
  calls.log,
];

export const detectors = [
  services.hasVisitor,
];
`,
  );
});

test("lines are parsed with either line ending", () => {
  assert.deepEqual(parseHostInterface(source.replaceAll("\n", "\r\n")), parseHostInterface(source));
});

test("a line that is no host function is reported with its number", () => {
  assert.throws(() => parseWith("properties.variables;", "properties.variables"), {
    message:
      'host.rs:7: expected "name(arguments) -> type => module.export;", ' +
      'got "variables(tracker) => properties.variables".',
  });
  assert.throws(
    () => parseWith("calls.log", "log"),
    /^Error: host\.rs:14: expected .*, got "log\(text\) => log;"\.$/,
  );
});

test("a name that is used twice is reported", () => {
  assert.throws(
    () => parseWith("log(text)", "page_url(text)"),
    /host\.rs:14: each name may be used only once/,
  );
});

test("blocks that are unknown, repeated or missing are reported", () => {
  assert.throws(
    () => parseWith("ops {", "operations {"),
    /host\.rs:10: expected .* queries, ops, services, got "operations \{"/,
  );
  assert.throws(() => parseWith("ops {", "queries {"), /host\.rs:10: expected /);
  assert.throws(
    () => parseWith(/services \{[^}]*\}/.exec(source)?.[0] ?? "", ""),
    /must have the blocks queries, ops, services/,
  );
});

test("a list that is absent or not closed is reported", () => {
  assert.throws(() => parseWith("host_functions! {", ""), /host\.rs has no line "host_functions! \{"/);
  assert.throws(
    () => parseHostInterface(source.slice(0, source.indexOf("    ops {"))),
    /:4: "host_functions! \{" is not closed/,
  );
});
