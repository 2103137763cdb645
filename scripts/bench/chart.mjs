// Draws docs/bench.svg: ratios only, because times belong to one machine. Readable in GitHub's light and dark themes.
import { floor } from "./subjects.mjs";
import { times } from "./table.mjs";

/**
 * @typedef {import("./results.mjs").Results} Results
 * @typedef {import("./results.mjs").Row} Row
 */

/** The quantities in the chart, with short titles. */
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

/** Bars for larger ratios are cut here; the number beside them has the ratio. */
const MAX_RATIO = 3;
const [width, left, right, top] = [820, 200, 70, 84];
const [bar, gap, between] = [13, 3, 14];
const scale = (width - left - right) / MAX_RATIO;

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

/** @param {Results} results @returns {string} SVG */
export function chart({ base, subjects, rows }) {
  const others = subjects.filter(({ name }) => name !== base && name !== floor);
  const label = (/** @type {string} */ wanted) => {
    const { name, version } = subjects.find(({ name }) => name === wanted) ?? { name: wanted, version: "" };
    return escaped([name, version].filter(Boolean).join(" "));
  };
  /** @type {string[]} */
  const parts = [];
  let y = top;
  for (const [quantity, title] of shown) {
    const bars = barsOf(
      rows.find(({ name }) => name === quantity),
      others.map(({ name }) => name),
    );
    const height = bars.length * (bar + gap) - gap;
    parts.push(
      `<text x="${left - 12}" y="${y + height / 2 + 4.5}" text-anchor="end">${escaped(title)}</text>`,
    );
    parts.push(...bars.map((one, index) => draw(one, y + index * (bar + gap))));
    y += height + between;
  }
  const baseX = left + scale;
  const legend = others.map(
    ({ name }, n) =>
      `<rect class="c${n}" x="${left + n * 170}" y="47" width="11" height="11" rx="2"/><text class="note" x="${left + n * 170 + 17}" y="57">${label(name)}</text>`,
  );
  const of = base === floor ? "an image whose URL is ready" : label(base);
  const title = `Size, time and memory, compared with ${of}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 20}" role="img" aria-labelledby="title desc">
<title id="title">${title}</title>
<desc id="desc">${escaped(describe(rows, others))}</desc>
<style>${style}
</style>
<text class="title" x="${left}" y="26">${title}</text>
${legend.join("\n")}
<line class="one" x1="${baseX}" x2="${baseX}" y1="${top - 12}" y2="${y - between + 6}"/>
${parts.join("\n")}
<text class="note" x="${baseX}" y="${y + 8}" text-anchor="middle">1× = ${of}; shorter is better</text>
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
function draw({ index, ratio }, y) {
  const length = Math.max(1, Math.min(ratio, MAX_RATIO) * scale);
  return `<rect class="c${index}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${bar}" rx="2"/><text class="number" x="${(left + length + 6).toFixed(1)}" y="${y + bar - 2.5}">${times(ratio)}${ratio > MAX_RATIO ? " →" : ""}</text>`;
}

/**
 * The chart in words, for screen readers.
 * @param {Row[]} rows
 * @param {{ name: string }[]} others
 */
function describe(rows, others) {
  return shown
    .map(([quantity, title]) => {
      const values = rows.find(({ name }) => name === quantity)?.values ?? {};
      const ratios = others.flatMap(({ name }) => {
        const ratio = values[name]?.ratio;
        return ratio === undefined ? [] : [`${name} ${times(ratio)}`];
      });
      return `${title}: ${ratios.join(", ")}.`;
    })
    .join(" ");
}
