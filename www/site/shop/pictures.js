/**
 * Pictures of the products as SVG. Colours come from CSS classes (style/pictures.css), for light and dark mode.
 */
import { drawing } from "../dom.js";

const GROUND = `<ellipse class="p-ground" cx="100" cy="178" rx="66" ry="8"/>`;

/** @type {Record<string, string>} */
const PICTURES = {
  handbell: `${GROUND}
    <g transform="rotate(-16 100 104)">
      <path class="p-leather" d="M91 66V36a9 13 0 0 1 18 0v30z"/>
      <path class="p-cut" d="M97 60V38a3 6 0 0 1 6 0v22z"/>
      <circle class="p-dark" cx="100" cy="163" r="9"/>
      <path class="p-metal" d="M100 58c-17 0-24 12-26 34-3 32-12 46-27 60h106c-15-14-24-28-27-60-2-22-9-34-26-34z"/>
      <path class="p-light" d="M86 70c-6 8-6 22-8 40-2 16-6 27-12 36h10c6-12 9-24 10-40 1-14 0-26 0-36z"/>
      <path class="p-dark" d="M121 92c3 32 12 46 27 60h-17c-12-14-17-32-18-60-1-12-4-22-8-31 10 3 15 13 16 31z"/>
      <rect class="p-metal" x="43" y="149" width="114" height="10" rx="5"/>
      <path class="p-line" d="M74 106h52M78 84h44"/>
    </g>
    <path class="p-sound" d="M156 62a54 54 0 0 1 12 36M170 52a72 72 0 0 1 16 48M28 118a54 54 0 0 0 4 22M14 122a72 72 0 0 0 5 28"/>`,
  "tuning-fork": `${GROUND}
    <path class="p-wood" d="M44 146h96l16-10v30l-16 12H44z"/>
    <path class="p-wood-light" d="M44 146h96l16-10H62z"/>
    <path class="p-cut" d="M50 152h84v19H50z"/>
    <rect class="p-steel" x="95" y="96" width="10" height="48" rx="2"/>
    <path class="p-steel" d="M74 22h13v62c0 17 26 17 26 0V22h13v62c0 34-52 34-52 0z"/>
    <path class="p-steel-light" d="M74 22h4v64c0 11 6 18 14 21-11-2-18-11-18-23zM113 22h4v62h-4z"/>
    <path class="p-sound" d="M60 34a40 40 0 0 0 0 34M48 28a58 58 0 0 0 0 46M140 34a40 40 0 0 1 0 34M152 28a58 58 0 0 1 0 46"/>`,
  "singing-bowl": `${GROUND}
    <path class="p-felt" d="M40 164c0-10 26-16 60-16s60 6 60 16-26 16-60 16-60-6-60-16z"/>
    <path class="p-metal" d="M34 92c0 46 28 70 66 70s66-24 66-70z"/>
    <path class="p-dark" d="M166 92c0 46-28 70-66 70 30-10 48-36 50-70z"/>
    <path class="p-light" d="M42 100c2 26 12 42 28 52-20-8-32-26-34-52z"/>
    <ellipse class="p-metal" cx="100" cy="92" rx="66" ry="17"/>
    <ellipse class="p-cut" cx="100" cy="92" rx="59" ry="13"/>
    <path class="p-dark" d="M47 97c10 5 30 8 53 8s43-3 53-8c-8 7-28 9-53 9s-45-2-53-9z"/>
    <path class="p-line" d="M58 122h6M74 130h6M92 134h6M66 138h6M84 145h6M102 146h6M110 128h6M122 138h6M128 120h6"/>
    <g transform="rotate(32 150 60)">
      <rect class="p-wood" x="144" y="6" width="10" height="84" rx="5"/>
      <rect class="p-felt" x="140" y="52" width="18" height="36" rx="8"/>
    </g>`,
  gong: `${GROUND}
    <path class="p-wood" d="M26 22h148v11H26zM34 33h10v138H34zM156 33h10v138h-10zM22 168h34v9H22zM144 168h34v9h-34z"/>
    <path class="p-wood-light" d="M26 22h148v4H26zM34 33h3v135h-3zM156 33h3v135h-3z"/>
    <path class="p-cord" d="M72 33l8 22M128 33l-8 22"/>
    <circle class="p-metal" cx="100" cy="104" r="57"/>
    <path class="p-dark" d="M141 64a57 57 0 1 1-83 78 57 57 0 0 0 83-78z"/>
    <circle class="p-metal" cx="99" cy="103" r="44"/>
    <path class="p-light" d="M62 84a42 42 0 0 1 40-23 42 42 0 0 0-33 26z"/>
    <circle class="p-ring" cx="99" cy="103" r="44"/>
    <circle class="p-ring" cx="99" cy="103" r="31"/>
    <circle class="p-dark" cx="99" cy="103" r="15"/>
    <circle class="p-light" cx="96" cy="100" r="9"/>`,
  triangle: `${GROUND}
    <path class="p-cord" d="M88 10c-9 8-9 22 0 38 9-16 9-30 0-38z"/>
    <path class="p-bar" d="M112 162H30a6 6 0 0 1-5-9L83 56a6 6 0 0 1 10 0l50 86"/>
    <path class="p-bar-light" d="M30 159h80M31 151l54-91"/>
    <g transform="rotate(24 174 90)"><rect class="p-steel" x="171" y="30" width="7" height="124" rx="3.5"/>
    <rect class="p-felt" x="168" y="106" width="13" height="50" rx="6"/></g>
    <path class="p-sound" d="M24 92a34 34 0 0 0-9 26M10 82a54 54 0 0 0-9 38"/>`,
  "tubular-chime": `${GROUND}
    <path class="p-wood" d="M30 20h14v150H30zM44 28h92v12H44z"/>
    <path class="p-wood-light" d="M30 20h4v150h-4zM44 28h92v4H44z"/>
    <path class="p-wood" d="M44 74V62l30-22h12z"/>
    <path class="p-cord" d="M108 40l-5 16M108 40l5 16"/>
    <rect class="p-metal" x="94" y="58" width="28" height="114" rx="3"/>
    <path class="p-light" d="M99 60h6v112h-6z"/>
    <path class="p-dark" d="M114 58h8v114h-8z"/>
    <rect class="p-metal" x="91" y="53" width="34" height="15" rx="4"/>
    <path class="p-light" d="M96 55h8v11h-8z"/>
    <g transform="rotate(24 156 110)"><rect class="p-wood" x="153" y="92" width="7" height="74" rx="3"/>
    <rect class="p-leather" x="139" y="78" width="35" height="20" rx="6"/></g>
    <path class="p-sound" d="M82 100a34 34 0 0 0 0 34M70 94a54 54 0 0 0 0 46"/>`,
};

/**
 * @param {string} id of a product
 * @returns {Element}
 */
export function picture(id) {
  return drawing("0 0 200 200", PICTURES[id] ?? "", "picture");
}
