// Who takes part: ours, the npm packages, a peer with AppMeasurement's API, and the floor.
import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Failure, npm, root, say } from "../lib/run.mjs";

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {"appmeasurement" | "alloy" | "snowplow" | "floor"} tracker the file in page/trackers that knows its API
 * @property {Uint8Array} script
 * @property {string} [version]
 * @property {boolean} [isPeer] what ratios are to
 */

export const floor = "floor";

/** The packages among them have a folder of their own: what they depend on is not for everybody who builds the tracker. */
const peers = join(root, "scripts/bench/peers");

/** @param {string} name */
const folderOf = (name) => join(peers, "node_modules", name);

async function installPeers() {
  const { dependencies } = JSON.parse(readFileSync(join(peers, "package.json"), "utf8"));
  const isThere = (/** @type {[string, unknown]} */ [name, version]) =>
    existsSync(folderOf(name)) && versionOf(folderOf(name)) === version;
  if (Object.entries(dependencies).every(isThere)) return;
  say("installing the npm packages to compare with");
  const bare = ["--omit=optional", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"];
  await npm(["install", ...bare], { cwd: peers });
}

/** @param {string | undefined} peer a file */
export async function contenders(peer) {
  await installPeers();
  /** @type {Contender[]} */
  const all = [
    { name: floor, tracker: "floor", script: new Uint8Array() },
    { name: "afterhit", tracker: "appmeasurement", script: read(join(root, "dist/afterhit.js"), true) },
    ...(peer ? [peerOf(resolve(peer))] : []),
    { name: "alloy", tracker: "alloy", ...packaged("@adobe/alloy", "dist/alloy.min.js") },
    { name: "snowplow", tracker: "snowplow", ...(await snowplow()) },
  ];
  return all;
}

/**
 * @param {string} file
 * @returns {Contender}
 */
function peerOf(file) {
  const name = basename(file).replace(/\.js$/, "");
  return { name, tracker: "appmeasurement", script: read(file, false), isPeer: true };
}

/**
 * @param {string} file
 * @param {boolean} ours
 */
function read(file, ours) {
  if (existsSync(file)) return readFileSync(file);
  throw new Failure(`${file} is missing${ours ? ": run `npm run build`" : ""}.`);
}

/**
 * @param {string} name
 * @param {string} file
 */
function packaged(name, file) {
  const folder = folderOf(name);
  return { script: read(join(folder, file), false), version: versionOf(folder) };
}

/** @param {string} folder */
function versionOf(folder) {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return version;
}

/** Snowplow's package is for bundlers. */
async function snowplow() {
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
