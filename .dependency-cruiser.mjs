// The architecture of the JavaScript, checked by `npm run lint`: no cycles, no imports in the wrong direction, no file that
// nothing uses. Types imported in comments do not count.

/** Files that run without being imported by another file. */
const entryPoints = [
  // The package, and the module that wasm-bindgen's glue imports.
  "^src/entry/(script|module)\\.js$",
  "^src/page/host\\.js$",
  // Commands, programs started by name, and the scripts of HTML pages.
  "^scripts/[^/]+\\.mjs$",
  "^scripts/test/(browser|count-reporter)\\.mjs$",
  "^scripts/bench/page/(main|trackers/[^/]+)\\.js$",
  "^www/server\\.mjs$",
  "^www/site/[^/]+\\.js$",
  "^tests/.+\\.test\\.mjs$",
  "^tests/wire/cli\\.mjs$",
  "^tests/compare/stand-ins/[^/]+\\.js$",
];

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment:
        "Files that import each other cannot be read or tested one at a time. Move what both need to a third file, " +
        "or pass one the other's function as an argument.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "page-is-self-contained",
      comment:
        "src/page and src/entry ship to web pages: they import only each other and the module that the build inserts. " +
        "Move what scripts or tests share with them into src/page.",
      severity: "error",
      from: { path: "^src/" },
      to: { pathNot: "^src/|^afterhit:core$" },
    },
    {
      name: "scripts-do-not-import-tests",
      comment:
        "Tests use scripts, not the other way round. Move what both need to scripts/lib. Only scripts/compare plays the " +
        "scenarios of the tests.",
      severity: "error",
      from: { path: "^scripts/", pathNot: "^scripts/compare[./]" },
      to: { path: "^tests/" },
    },
    {
      name: "www-does-not-import-scripts-or-tests",
      comment: "The demo and the collector run on their own. Move what both need to www.",
      severity: "error",
      from: { path: "^www/" },
      to: { path: "^(scripts|tests)/" },
    },
    {
      name: "site-runs-in-browsers",
      comment:
        "www/site is served to browsers. Do what needs Node in www/server.mjs or www/collector, and fetch the result.",
      severity: "error",
      from: { path: "^(www/site|scripts/bench/page)/" },
      to: { dependencyTypes: ["core", "npm", "npm-dev"] },
    },
    {
      name: "no-unresolvable-imports",
      comment:
        "The imported file or package does not exist. Correct the path, or add the package to package.json.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^afterhit:core$" },
    },
    {
      name: "no-unused-files",
      comment:
        "Nothing that runs imports this file. Delete it, or add it to the entry points in .dependency-cruiser.mjs.",
      severity: "error",
      from: { path: entryPoints },
      to: { path: "^(src|scripts|www|tests)/", pathNot: entryPoints, reachable: false },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
    exclude: { path: "^(build|dist|target)/" },
  },
};
