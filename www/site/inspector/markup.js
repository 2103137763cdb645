/**
 * The HTML of the inspector, shared by the demo and by the page that shows only the inspector.
 */
import { byId } from "../dom.js";

const MARKUP = `
<div class="instrument">
  <h2 class="brand" id="inspector-title" tabindex="-1">
    <svg class="mark" viewBox="0 0 28 24" aria-hidden="true" focusable="false">
      <path class="mark-hit" d="M3 3v18"/>
      <path class="mark-after" d="M7.5 12C9 12 8.4 3.5 10.5 3.5s2 16.5 4.2 16.5S16.4 6.5 18.4 6.5s1.8 8.5 3.4 8.5 1.2-3 3-3h1"/>
    </svg>
    afterhit
  </h2>
  <p class="connection" id="connection">Connecting</p>
  <button type="button" class="handle" id="sheet-handle" aria-expanded="false" aria-controls="inspector-body">
    <span class="handle-text"><span class="visually-hidden">Latest hit: </span><span class="latest-name" id="latest-name">No hit yet</span>
    <span class="latest-state" id="latest-state"></span></span>
    <svg class="chevron" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="m4 13 6-6 6 6"/></svg>
  </button>
</div>
<div class="inspector-body" id="inspector-body">
  <div class="instrument screen">
    <div class="oscilloscope" id="oscilloscope" aria-hidden="true"></div>
    <dl class="counters">
      <div><dt>collected</dt><dd id="count-collected">0</dd></div>
      <div><dt>callbacks ran</dt><dd id="count-callbacks">0</dd></div>
      <div class="waiting"><dt>waiting</dt><dd id="count-waiting">0</dd></div>
    </dl>
    <div class="faults">
      <button type="button" class="switch" role="switch" aria-checked="false" id="fault-switch">
        <span class="track"></span>Make the collector fail
      </button>
      <label class="fault-kind"><span>How</span>
        <select id="fault-kind">
          <option value="500">Error 500, no image</option>
          <option value="drop">Connection closed</option>
          <option value="delay:3000">Slow: 3 seconds</option>
        </select>
      </label>
      <p class="fault-problem" id="fault-problem" role="alert"></p>
    </div>
  </div>
  <div class="feed">
    <div class="feed-head">
      <h2 id="hits-title">Hits, latest first</h2>
      <button type="button" class="clear" id="clear">Clear</button>
    </div>
    <p class="no-hits" id="no-hits">Nothing has arrived yet. Send a hit to this server and it appears here.</p>
    <p class="intro">Each hit as the collector receives it, and the callback that runs once it has arrived.</p>
    <ol class="hits" id="hits" reversed aria-labelledby="hits-title"></ol>
  </div>
  <p class="visually-hidden" id="announcer" role="status"></p>
</div>`;

export function renderInspector() {
  byId("inspector").innerHTML = MARKUP;
}
