// The subjects of the bench: afterhit, npm packages, a peer with AppMeasurement's API, and the floor.
import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Failure, npm, root, say } from "../lib/run.mjs";

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {"appmeasurement" | "alloy" | "snowplow" | "floor"} tracker the file in page/trackers that knows its API
 * @property {Uint8Array} script
 * @property {string} [version]
 * @property {boolean} [isPeer] ratios are to the peer
 */

/** The name of the subject that is no tracker: it requests an image whose URL is ready. */
export const floor = "floor";

/** The packages have a folder of their own, so that only those who run the bench install them. */
const peers = join(root, "scripts/bench/peers");

/** @param {string} name */
const folderOf = (name) => join(peers, "node_modules", name);

async function installPeers() {
  const { dependencies } = JSON.parse(readFileSync(join(peers, "package.json"), "utf8"));
  const isInstalled = (/** @type {[string, unknown]} */ [name, version]) =>
    existsSync(folderOf(name)) && versionOf(folderOf(name)) === version;
  if (Object.entries(dependencies).every(isInstalled)) return;
  say("installing the npm packages to compare with");
  const options = ["--omit=optional", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"];
  await npm(["install", ...options], { cwd: peers });
}

/**
 * @param {string | undefined} peer a file
 * @returns {Promise<Subject[]>}
 */
export async function loadSubjects(peer) {
  await installPeers();
  const afterhit = read(join(root, "dist/afterhit.js"), "run `npm run build`");
  return [
    { name: floor, tracker: "floor", script: new Uint8Array() },
    { name: "afterhit", tracker: "appmeasurement", script: afterhit },
    ...(peer ? [peerFrom(resolve(peer))] : []),
    { name: "alloy", tracker: "alloy", ...fromPackage("@adobe/alloy", "dist/alloy.min.js") },
    { name: "snowplow", tracker: "snowplow", ...(await bundleSnowplow()) },
  ];
}

/**
 * @param {string} file
 * @returns {Subject}
 */
function peerFrom(file) {
  const name = basename(file).replace(/\.js$/, "");
  const script = read(file, "--peer needs the path of a script");
  return { name, tracker: "appmeasurement", script, isPeer: true };
}

/**
 * @param {string} file
 * @param {string} advice
 */
function read(file, advice) {
  if (existsSync(file)) return readFileSync(file);
  throw new Failure(`${file} does not exist: ${advice}.`);
}

/**
 * @param {string} name
 * @param {string} file
 */
function fromPackage(name, file) {
  const folder = folderOf(name);
  return { script: read(join(folder, file), `reinstall ${name}`), version: versionOf(folder) };
}

/** @param {string} folder */
function versionOf(folder) {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return version;
}

/** Snowplow's package is made for bundlers: it becomes a script that sets `window.snowplow`. */
async function bundleSnowplow() {
  const name = "@snowplow/browser-tracker";
  const used = "newTracker, trackPageView, trackSelfDescribingEvent";
  const contents = `import { ${used} } from "${name}"; window.snowplow = { ${used} };`;
  const { build, stop } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: peers },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    legalComments: "none",
  });
  await stop();
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild wrote nothing");
  return { script: file.contents, version: versionOf(folderOf(name)) };
}
