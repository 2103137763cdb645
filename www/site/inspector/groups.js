/**
 * Sorts a hit's variables into the groups in which people look for them.
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
/** Parameters that no variable of `s` is named after. @type {Record<string, string>} */
const WORDS = { pe: "link type", pev1: "link URL", pev2: "link name", fid: "visitor (fid)" };
const FIRST = ["events", "products", "purchaseID"];
const TECHNICAL = "Technical";

/**
 * @param {Decoded} decoded
 * @returns {Group[]} without empty ones; what is technical comes last
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
    const remark = over ? `longer than ${limit} bytes: Adobe cuts it` : "";
    (groups[index] ?? technical).rows.push({ name: WORDS[name] ?? name, parameter, value, remark });
  }
  for (const { rows } of groups) rows.sort((a, b) => weight(a) - weight(b));
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
      "Not understood",
      decoded.unknown.map(({ parameter, value }) => row(parameter, parameter, value)),
    ),
    technical,
  ].filter(({ rows }) => rows.length > 0);
}

/**
 * Rows are in the order of the request; these come first.
 *
 * @param {Row} row
 */
function weight({ parameter }) {
  const place = FIRST.indexOf(parameter);
  return place < 0 ? FIRST.length : place;
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
 * The value of a variable by its parameter.
 *
 * @param {Decoded} decoded
 * @param {string} parameter
 */
export function variable(decoded, parameter) {
  return decoded.variables.find((one) => one.parameter === parameter)?.value;
}

/**
 * What a hit is called: the name of the link, of the page, or where it was sent from.
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
