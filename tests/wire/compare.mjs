// Compares what a library did with what was recorded, and describes the difference in a few readable lines.
/**
 * @typedef {import("./scenarios.mjs").Recording} Recording
 * @typedef {import("./scenarios.mjs").Request} Request
 */

const MAX_CHARACTERS = 400;

/**
 * @param {Recording} want
 * @param {Recording & { stuck?: string }} got
 * @returns {string[]} empty if they are equal
 */
export function compare(want, got) {
  // As text: the order of cookies counts too.
  if (JSON.stringify(want) === JSON.stringify(got)) return [];
  const lines = [
    ...(got.stuck ? [`stuck at ${short(got.stuck)}`] : []),
    ...(got.errors ?? []).map((error) => `page error: ${short(error)}`),
    ...compareRequests(want.requests, got.requests),
    ...compareLists("log line", want.log, got.log),
    ...compareLists("console line", want.console ?? [], got.console ?? []),
    ...compareCookies(want.cookies ?? {}, got.cookies ?? {}),
  ];
  return lines.length > 0 ? lines : ["differs in a part that is not described here"];
}

/**
 * @param {Request[]} want
 * @param {Request[]} got
 */
function compareRequests(want, got) {
  const both = Math.min(want.length, got.length);
  /** @type {Map<string, number[]>} the requests to which a line applies */
  const numbersByLine = new Map();
  for (const [i, request] of want.slice(0, both).entries()) {
    for (const line of compareRequest(request, /** @type {Request} */ (got[i])))
      numbersByLine.set(line, [...(numbersByLine.get(line) ?? []), i + 1]);
  }
  return [
    ...(want.length === got.length ? [] : [`requests: want ${want.length}, got ${got.length}`]),
    ...[...numbersByLine].map(([line, numbers]) => `request ${numbers.join(", ")}: ${line}`),
    ...want.slice(both).map((request, i) => `request ${both + i + 1}: missing ${short(show(request))}`),
    ...got.slice(both).map((request, i) => `request ${both + i + 1}: extra ${short(show(request))}`),
  ];
}

/** @param {Request} request */
function show({ method, host, path, query, body }) {
  return `${method} ${host}${path}${query ? `?${query}` : ""}${body ? ` ${body}` : ""}`;
}

/**
 * @param {Request} want
 * @param {Request} got
 */
function compareRequest(want, got) {
  const heads = /** @type {const} */ (["method", "host", "path"])
    .filter((part) => want[part] !== got[part])
    .map((part) => `${part}: want ${want[part]}, got ${got[part]}`);
  if (!want.query !== !got.query || !want.body !== !got.body)
    return [...heads, `parameters: want ${where(want)}, got ${where(got)}`];
  return [
    ...heads,
    ...compareParameters(want.query ?? "", got.query ?? ""),
    ...compareParameters(want.body ?? "", got.body ?? ""),
  ];
}

/** @param {Request} request */
function where({ query, body }) {
  return [query ? "in the URL" : "", body ? "in the body" : ""].filter(Boolean).join(" and ") || "none";
}

/**
 * @param {string} wantText
 * @param {string} gotText
 */
function compareParameters(wantText, gotText) {
  if (wantText === gotText) return [];
  const want = wantText.split("&");
  const got = gotText.split("&");
  const missing = without(want, got);
  const extra = without(got, want);
  if (missing.length + extra.length === 0) {
    const first = want.findIndex((parameter, i) => parameter !== got[i]);
    /** @param {string[]} list */
    const from = (list) => list.slice(first, first + 8).join(" ");
    return differing(`order from parameter ${first + 1} on`, from(want), from(got));
  }
  /** @type {string[]} */
  const changed = [];
  const alone = missing.filter((parameter) => {
    const index = extra.findIndex((other) => name(other) === name(parameter));
    if (index < 0) return true;
    const [other = ""] = extra.splice(index, 1);
    changed.push(...differing("changed", parameter, other));
    return false;
  });
  return [
    ...changed,
    ...(alone.length > 0 ? [`missing ${short(alone.join("  "))}`] : []),
    ...(extra.length > 0 ? [`extra   ${short(extra.join("  "))}`] : []),
  ];
}

/** @param {string} parameter */
function name(parameter) {
  return parameter.split("=")[0];
}

/**
 * The items of a list that are missing in another. Repeated items count.
 * @param {string[]} list
 * @param {string[]} other
 */
function without(list, other) {
  const rest = [...other];
  return list.filter((item) => {
    const index = rest.indexOf(item);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

/**
 * @param {string} what
 * @param {string[]} want
 * @param {string[]} got
 */
function compareLists(what, want, got) {
  const lines = [];
  for (let i = 0; i < Math.max(want.length, got.length); i++) {
    if (want[i] === got[i]) continue;
    lines.push(...differing(`${what} ${i + 1}`, want[i], got[i]));
  }
  return lines;
}

/**
 * @param {Record<string, string>} want
 * @param {Record<string, string>} got
 */
function compareCookies(want, got) {
  const [wanted, gotten] = [Object.keys(want), Object.keys(got)];
  const lines = [...new Set([...wanted, ...gotten])]
    .filter((name) => want[name] !== got[name])
    .flatMap((name) => differing(`cookie ${name}`, want[name], got[name]));
  const isSorted = lines.length > 0 || wanted.join() === gotten.join();
  return isSorted ? lines : differing("order of cookies", wanted.join(" "), gotten.join(" "));
}

/**
 * On one line if they are short, else on two lines that start shortly before the difference.
 * @param {string} what
 * @param {string | undefined} want
 * @param {string | undefined} got
 */
function differing(what, want = "(none)", got = "(none)") {
  if (want.length + got.length < 80) return [`${what}: want ${want}, got ${got}`];
  let same = 0;
  while (same < want.length && want[same] === got[same]) same++;
  const start = same > 120 && Math.max(want.length, got.length) > MAX_CHARACTERS ? same - 60 : 0;
  const dots = start > 0 ? "…" : "";
  return [
    `${what}:\n    want ${dots}${short(want.slice(start))}\n    got  ${dots}${short(got.slice(start))}`,
  ];
}

/** @param {string} text */
function short(text) {
  return text.length > MAX_CHARACTERS
    ? `${text.slice(0, MAX_CHARACTERS)}… (${text.length} characters)`
    : text;
}
