// `npm run lint` holds the architecture: each test puts a violation into a copy of the project and sees it reported.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/lib/run.mjs";
import { checkScriptImports } from "../../scripts/lint/checks.mjs";
import { checkRustImports } from "../../scripts/lint/rust-imports.mjs";
import { checkVocabulary } from "../../scripts/lint/vocabulary.mjs";

/** @type {string} */
let copy;

before(async () => {
  copy = await mkdtemp(join(tmpdir(), "afterhit-lint-"));
  for (const folder of ["src", "scripts", "www", "tests"]) {
    await cp(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
  }
  await symlink(join(root, "node_modules"), join(copy, "node_modules"), "junction");
});

after(() => rm(copy, { recursive: true, force: true }));

/**
 * Adds files to the copy until the end of a test.
 * @param {import("node:test").TestContext} t
 * @param {Record<string, string>} files
 */
async function add(t, files) {
  for (const [file, text] of Object.entries(files)) {
    const path = join(copy, file);
    await writeFile(path, text);
    t.after(() => rm(path));
  }
}

/**
 * What the lint says of the copy's JavaScript.
 * @returns {Promise<string>}
 */
const scriptComplaints = () =>
  checkScriptImports(copy).then(
    () => "",
    (error) => error.message,
  );

describe("JavaScript", () => {
  test("a cycle is reported with its files", async (t) => {
    await add(t, {
      "src/page/one.js": 'import "./other.js";',
      "src/page/other.js": 'import "./one.js";',
    });
    assert.match(await scriptComplaints(), /no-cycles: src\/page\/one\.js →\s+src\/page\/other\.js →/);
  });

  test("the page must not import scripts, nor scripts tests, nor the site Node", async (t) => {
    await add(t, {
      "src/page/one.js": 'import "../../scripts/lib/run.mjs";',
      "scripts/one.mjs": 'import "../tests/package/lint.test.mjs";',
      "www/site/one.js": 'import "node:fs";',
    });
    const complaints = await scriptComplaints();
    assert.match(complaints, /page-is-self-contained: src\/page\/one\.js → scripts\/lib\/run\.mjs/);
    assert.match(complaints, /scripts-do-not-import-tests: scripts\/one\.mjs/);
    assert.match(complaints, /site-runs-in-browsers: www\/site\/one\.js → fs/);
  });

  test("a file that nothing imports is reported", async (t) => {
    await add(t, { "tests/support/one.mjs": "export {};" });
    assert.match(await scriptComplaints(), /no-unused-files: tests\/support\/one\.mjs/);
  });
});

describe("Rust", () => {
  /** What the lint says of files that a test has added. */
  const complaints = () => checkRustImports(copy).filter((text) => text.includes("added_"));

  test("a cycle is reported with the lines that make it", async (t) => {
    await add(t, {
      "src/hit/added_one.rs": "use super::{\n    text::Text,\n    added_other::{self, Other},\n};",
      "src/hit/added_other.rs": "fn call() {\n    super::added_one::run();\n}",
    });
    assert.deepEqual(complaints(), [
      [
        "cycle: hit::added_one → hit::added_other → hit::added_one",
        "  src/hit/added_one.rs:1 uses crate::hit::added_other",
        "  src/hit/added_other.rs:2 uses crate::hit::added_one",
      ].join("\n"),
    ]);
  });

  test("the core must not name the browser, the standard library or the tracker", async (t) => {
    await add(t, {
      "src/hit/added_one.rs": "use web_sys::Window;\nuse std::fmt;\nuse crate::tracker;",
    });
    const [tracker = "", browser = "", std = ""] = complaints();
    assert.match(tracker, /^src\/hit\/added_one\.rs:3 uses crate::tracker\. .*pass the fact in/);
    assert.match(browser, /^src\/hit\/added_one\.rs:1 uses web_sys\./);
    assert.match(std, /^src\/hit\/added_one\.rs:2 uses std\./);
    assert.equal(complaints().length, 3);
  });

  test("comments, texts, tests and re-exports are no imports", async (t) => {
    await add(t, {
      "src/hit/added_one.rs": [
        "//! See crate::tracker and web_sys.",
        'const NAME: &str = "crate::tracker";',
        "pub use super::added_other::Other;",
        "#[cfg(test)]",
        "mod tests {",
        "    use std::fmt;",
        "    use crate::tracker;",
        "}",
      ].join("\n"),
      "src/hit/added_other.rs": "use super::added_one::Other;",
    });
    assert.deepEqual(complaints(), []);
  });
});

describe("vocabulary", () => {
  test("a word that must not come back is reported with what to write instead", async (t) => {
    await add(t, {
      "src/page/one.js": "// An image.\nconst allHands = takeHandle(byHandler);\n",
      "www/deed.md": "Written by hand.",
    });
    assert.deepEqual(checkVocabulary(copy, ["src/page/one.js", "www/deed.md"]), [
      'src/page/one.js:2: "Hands": write host function',
      'www/deed.md: in its name "deed": write operation, op',
    ]);
  });
});
