/**
 * Sorts a hit's variables into groups, the way people look for them.
 *
 * @typedef {import("../types.js").Decoded} Decoded
 * @typedef {{ name: string, parameter: string, value: string, remark: string }} Row
 * @typedef {{ title: string, rows: Row[] }} Group
 */

/** @type {[title: string, parameters: RegExp][]} */
const GROUPS = [
  ["Link", /^(pe|pev[12])$/],
  ["Page", /^(pageName|g|-g|r|ch|server|pageType|h\d+)$/],
  ["Events and products", /^(events|products|purchaseID|xact|cc|state|zip)$/],
  ["Props, eVars and lists", /^(c\d+|v\d+|l\d+)$/],
];
/** Labels for parameters that have no name on `s`. @type {Record<string, string>} */
const LABELS = { pe: "link type", pev1: "link URL", pev2: "link name", fid: "visitor (fid)" };
const FIRST_ROWS = ["events", "products", "purchaseID"];
const TECHNICAL = "Technical";

/**
 * @param {Decoded} decoded
 * @returns {Group[]} no empty ones; the technical group is last
 */
export function groupsOf(decoded) {
  const groups = GROUPS.map(([title]) => group(title, []));
  const technical = group(TECHNICAL, [
    row("report suites", "path", decoded.suites.join(", ")),
    row("collector", "host", decoded.collector),
    row("tracker version", "path", decoded.version),
    row("local time", "t", decoded.time),
  ]);
  for (const { name, parameter, value, over, limit } of decoded.variables) {
    const index = GROUPS.findIndex(([, parameters]) => parameters.test(parameter));
    const remark = over ? `longer than ${limit} bytes: Adobe truncates it` : "";
    (groups[index] ?? technical).rows.push({ name: LABELS[name] ?? name, parameter, value, remark });
  }
  for (const { rows } of groups) rows.sort((a, b) => rank(a) - rank(b));
  technical.rows.push(
    ...named("client hint", decoded.hints),
    ...named("customer id", decoded.customerIds),
    ...decoded.envelope.map(({ parameter, value }) => row(parameter, parameter, value)),
  );
  return [
    ...groups,
    group("Context data", named("context data", decoded.contextData)),
    group("Click", named("activity map", decoded.activityMap)),
    group(
      "Unknown parameters",
      decoded.unknown.map(({ parameter, value }) => row(parameter, parameter, value)),
    ),
    technical,
  ].filter(({ rows }) => rows.length > 0);
}

/**
 * FIRST_ROWS come first; the others stay in the order of the request.
 *
 * @param {Row} row
 */
function rank({ parameter }) {
  const index = FIRST_ROWS.indexOf(parameter);
  return index < 0 ? FIRST_ROWS.length : index;
}

/**
 * @param {string} title
 * @param {Row[]} rows
 * @returns {Group}
 */
function group(title, rows) {
  return { title, rows };
}

/**
 * @param {string} name
 * @param {string} parameter
 * @param {string} value
 * @returns {Row}
 */
function row(name, parameter, value) {
  return { name, parameter, value, remark: "" };
}

/**
 * @param {string} parameter
 * @param {import("../types.js").Pair[]} pairs
 */
function named(parameter, pairs) {
  return pairs.map(({ name, value }) => row(name, parameter, value));
}

/** @param {Group} group */
export function isTechnical({ title }) {
  return title === TECHNICAL;
}

/**
 * The value of the variable with this parameter.
 *
 * @param {Decoded} decoded
 * @param {string} parameter
 */
function variable(decoded, parameter) {
  return decoded.variables.find((known) => known.parameter === parameter)?.value;
}

/**
 * The title of a hit: its link name, page name or page URL.
 *
 * @param {Decoded} decoded
 */
export function nameOf(decoded) {
  const link = decoded.kind.endsWith("link")
    ? (variable(decoded, "pev2") ?? variable(decoded, "pev1"))
    : undefined;
  return link ?? variable(decoded, "pageName") ?? variable(decoded, "g") ?? "(no name)";
}

/** @param {Decoded} decoded */
export function isPurchase(decoded) {
  return /(^|,)purchase(,|:|=|$)/.test(variable(decoded, "events") ?? "");
}
