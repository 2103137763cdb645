// The npm package as users get it: packed, installed in an empty folder, imported in Node, bundled, and type-checked.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "vite";
import { launchBrowser } from "../../scripts/lib/launch-browser.mjs";
import { PIXEL } from "../../www/collector/pixel.mjs";
import { listen } from "../../www/listen.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const execute = promisify(execFile);

/** @type {string} */
let folder;

/**
 * @param {string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  const path = process.env.npm_execpath;
  return path?.endsWith(".js")
    ? execute(process.execPath, [path, ...args], { cwd })
    : execute("npm", args, { cwd, shell: process.platform === "win32" });
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "afterhit-package-"));
  const { stdout } = await npm(["pack", "--json", "--pack-destination", folder], root);
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf("[")));
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await npm(["install", "--offline", "--no-audit", "--no-fund", `./${packed.filename}`], folder);
});

after(() => rm(folder, { recursive: true, force: true }));

test("the package contains the shipped files and nothing else", async () => {
  const { stdout } = await npm(["pack", "--json", "--dry-run"], root);
  /** @type {{ path: string }[]} */
  const files = JSON.parse(stdout.slice(stdout.indexOf("[")))[0].files;
  const paths = files.map(({ path }) => path);
  const extra = paths.filter(
    (path) => !/^(dist\/afterhit\.(js|mjs|d\.ts)|[A-Z]+(\.md)?|package\.json)$/.test(path),
  );
  assert.deepEqual(extra, []);
  for (const name of ["dist/afterhit.js", "dist/afterhit.mjs", "dist/afterhit.d.ts", "LICENSE", "README.md"])
    assert.ok(paths.includes(name), `${name} is in the package`);
});

test("importing it in Node has no effect and does not throw", async () => {
  const watched = `
    const before = Object.getOwnPropertyNames(globalThis).join();
    const names = Object.keys(await import("afterhit")).join();
    if (Object.getOwnPropertyNames(globalThis).join() !== before) throw new Error("a global was added");
    console.log(names);`;
  const { stdout, stderr } = await execute(process.execPath, ["--input-type=module", "-e", watched], {
    cwd: folder,
  });
  assert.equal(stderr, "");
  assert.equal(stdout, "AppMeasurement,s_gi\n");
});

test("a page bundled by Vite without configuration sends a hit", { timeout: 60_000 }, async () => {
  const page = join(folder, "page");
  await mkdir(page);
  await writeFile(join(page, "index.html"), '<!doctype html><script type="module" src="./main.js"></script>');
  await writeFile(
    join(page, "main.js"),
    `import { AppMeasurement, s_gi } from "afterhit";
     const s = s_gi("suite");
     const [made, called] = [new AppMeasurement("one"), AppMeasurement("two")];
     if (made.account + called.account != "onetwo" || s_gi("one") != made) throw new Error("no trackers of their own");
     s.trackingServer = location.host;
     s.pageName = "Vite says hällo";
     s.t();`,
  );
  await build({ root: page, logLevel: "error" });

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "", "http://localhost").pathname;
    if (path.startsWith("/b/ss/")) return response.setHeader("content-type", "image/gif").end(PIXEL);
    const type = path.endsWith(".js") ? "text/javascript" : "text/html";
    const file = join(page, "dist", path === "/" ? "index.html" : path);
    const content = await readFile(file).catch(() => undefined);
    response.writeHead(content ? 200 : 404, { "content-type": type }).end(content);
  });
  const port = await listen(server);
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage();
    /** @type {string[]} */
    const errors = [];
    tab.on("pageerror", (error) => errors.push(error.message));
    const answered = tab.waitForResponse((response) => response.url().includes("/b/ss/"), {
      timeout: 20_000,
    });
    answered.catch(() => {});
    await tab.goto(`http://127.0.0.1:${port}/`);
    const hit = new URL(
      (await answered.catch(() => assert.fail(`no hit; errors: ${errors.join() || "none"}`))).url(),
    );
    assert.match(hit.pathname, /^\/b\/ss\/suite\/1\//);
    assert.equal(hit.searchParams.get("pageName"), "Vite says hällo");
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
});

test("its types accept the documented API and reject unknown names", async () => {
  await writeFile(
    join(folder, "uses.ts"),
    `import { AppMeasurement, s_gi, type Outcome, type Tracker } from "afterhit";
     const s: Tracker = s_gi("suite");
     s.trackingServer = "metrics.example.com";
     s.pageName = "Home";
     s.prop1 = s.prop75 = s.eVar1 = s.eVar99 = s.eVar100 = s.eVar250 = "value";
     s.list3 = s.hier5 = "a,b";
     s.contextData["cart.items"] = 3;
     s.t({ channel: "news" });
     s.tl(true, "o", "name", null, () => {});
     s.tl(document.body, "e");
     const unregister: () => void = s.registerPostTrackCallback(
       (url: string, one: string, two: number) => console.log(url, one, two), "one", 2);
     unregister();
     s.registerPreTrackCallback(s.clearVars);
     s.registerTrackFailureCallback((url, reason) => console.log(url.length, reason.length));
     const outcome: Outcome = await s.outcome();
     if (outcome.status === "delivered") console.log(outcome.attempts);
     const other: Tracker = new AppMeasurement("suite");
     other.clearVars();
     // @ts-expect-error there is no eVar251
     s.eVar251 = "value";
     // @ts-expect-error there is no prop0
     s.prop0 = "value";
     // @ts-expect-error links are of type o, d or e
     s.tl(true, "x");`,
  );
  const options = [
    "--strict",
    "--noEmit",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--lib",
    "es2022,dom",
  ];
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const checked = execute(process.execPath, [tsc, ...options, "--types", "", "uses.ts"], { cwd: folder });
  await checked.catch((error) => assert.fail(error.stdout));
});
