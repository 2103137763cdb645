// docs/bench.svg: ratios only, for times are those of one machine. Readable in the light and the dark theme of GitHub.
import { floor } from "./contenders.mjs";
import { times } from "./table.mjs";

/**
 * @typedef {import("./findings.mjs").Findings} Findings
 * @typedef {import("./findings.mjs").Row} Row
 */

/** The measures that are shown, and what they are called where there is room for few words. */
const shown = Object.entries({
  brotli: "download (brotli)",
  start: "script to first request",
  slowed: "the same, slow CPU",
  page30: "t(), 30 variables",
  page150: "t(), 150 variables",
  link: "tl()",
  tasks: "a hit's main thread in all",
  burst: "50 hits at once",
  loaded: "memory when loaded",
  many: "memory after many hits",
});

/** Bars end here; the number beside them says by how much they would be longer. */
const most = 3;
const [width, left, right, top] = [820, 200, 70, 84];
const [bar, gap, between] = [13, 3, 14];
const scale = (width - left - right) / most;

const style = `
  text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; }
  .note, .number { font-size: 11.5px; fill: #59636e; }
  .number { stroke: #fff; stroke-width: 4px; paint-order: stroke; }
  .one { stroke: #59636e; stroke-dasharray: 3 3; }
  .c0 { fill: #0969da; } .c1 { fill: #8c959f; } .c2 { fill: #bf8700; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .note, .number { fill: #9198a1; }
    .number { stroke: #0d1117; }
    .one { stroke: #9198a1; }
    .c0 { fill: #4493f8; } .c1 { fill: #6e7681; } .c2 { fill: #d29922; }
  }`;

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param {Findings} findings */
export function picture({ base, contenders, rows }) {
  const others = contenders.filter(({ name }) => name !== base && name !== floor);
  const label = (/** @type {string} */ wanted) => {
    const { name, version } = contenders.find(({ name }) => name === wanted) ?? { name: wanted, version: "" };
    return escaped([name, version].filter(Boolean).join(" "));
  };
  /** @type {string[]} */
  const parts = [];
  let y = top;
  for (const [measure, title] of shown) {
    const bars = barsOf(
      rows.find(({ name }) => name === measure),
      others.map(({ name }) => name),
    );
    const height = bars.length * (bar + gap) - gap;
    parts.push(
      `<text x="${left - 12}" y="${y + height / 2 + 4.5}" text-anchor="end">${escaped(title)}</text>`,
    );
    parts.push(...bars.map((one, index) => drawn(one, y + index * (bar + gap))));
    y += height + between;
  }
  const one = left + scale;
  const legend = others.map(
    ({ name }, n) =>
      `<rect class="c${n}" x="${left + n * 170}" y="47" width="11" height="11" rx="2"/><text class="note" x="${left + n * 170 + 17}" y="57">${label(name)}</text>`,
  );
  const of = base === floor ? "an image whose URL is ready" : label(base);
  const title = `Size, time and memory, compared with ${of}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 20}" role="img" aria-labelledby="title desc">
<title id="title">${title}</title>
<desc id="desc">${escaped(described(rows, others))}</desc>
<style>${style}
</style>
<text class="title" x="${left}" y="26">${title}</text>
${legend.join("\n")}
<line class="one" x1="${one}" x2="${one}" y1="${top - 12}" y2="${y - between + 6}"/>
${parts.join("\n")}
<text class="note" x="${one}" y="${y + 8}" text-anchor="middle">1× = ${of}; shorter is better</text>
</svg>
`;
}

/**
 * @param {Row | undefined} row
 * @param {string[]} names
 */
function barsOf(row, names) {
  return names.flatMap((name, index) => {
    const ratio = row?.values[name]?.ratio;
    return ratio === undefined ? [] : [{ index, ratio }];
  });
}

/**
 * @param {{ index: number, ratio: number }} bar
 * @param {number} y
 */
function drawn({ index, ratio }, y) {
  const length = Math.max(1, Math.min(ratio, most) * scale);
  return `<rect class="c${index}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${bar}" rx="2"/><text class="number" x="${(left + length + 6).toFixed(1)}" y="${y + bar - 2.5}">${times(ratio)}${ratio > most ? " →" : ""}</text>`;
}

/**
 * The same in words.
 * @param {Row[]} rows
 * @param {{ name: string }[]} others
 */
function described(rows, others) {
  return shown
    .map(([measure, title]) => {
      const values = rows.find(({ name }) => name === measure)?.values ?? {};
      const told = others.flatMap(({ name }) => {
        const ratio = values[name]?.ratio;
        return ratio === undefined ? [] : [`${name} ${times(ratio)}`];
      });
      return `${title}: ${told.join(", ")}.`;
    })
    .join(" ");
}
