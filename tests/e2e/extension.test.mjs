// What Adobe's Analytics extension for tags does with the script, however it gets the library. The marker of its container must
// stand in the path of every hit; the extension sets it only if the property is there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../support/fixture.mjs";
import { htmlPage, scriptTag } from "../support/pages.mjs";

/** Prepares a tracker as the extension does, and sends a page view and a link. */
const extension = `
  const prepare = (tracker) => {
    if ("tagContainerMarker" in tracker) tracker.tagContainerMarker = "LATEST-CONTAINER";
    tracker.trackingServer = "127.0.0.1:PORT";
    tracker.charSet = "UTF-8";
    tracker.linkDownloadFileTypes = ["pdf", "zip"].join(",");
    tracker.trackInlineStats = true;
    tracker.usePlugins = true;
    tracker.doPlugins = (s) => { s.eVar1 = s.version; };
  };
  const send = (tracker) => {
    tracker.pageName = "Home";
    tracker.t();
    tracker.clearVars();
    tracker.tl(true, "o", "link");
    globals.s = tracker;
  };
  var globals = {};`;

/** The ways in which the extension gets its library, as scripts. */
const sequences = {
  "a library that the container manages": `${scriptTag}<script>${extension}
    const tracker = new AppMeasurement("suite");
    prepare(tracker);
    tracker.sa("suite,other");
    tracker.sa("suite");
    send(tracker);</script>`,
  "a library that is already on the page": `<script>${extension}
    const wait = () => {
      if (!window.s) return setTimeout(wait, 10);
      prepare(window.s);
      send(window.s_gi("suite"));
    };
    wait();</script>${scriptTag}<script>var s = s_gi("suite");</script>`,
  "a library at an address of the site": `<script>${extension}
    const script = document.createElement("script");
    script.src = "/afterhit.js";
    script.onload = () => {
      const tracker = window.s_gi("suite");
      prepare(tracker);
      send(tracker);
    };
    document.head.append(script);</script>`,
};

for (const [name, content] of Object.entries(sequences)) {
  test(`${name} sends the container's marker`, async (t) => {
    const { collector } = await openPage(t, { html: htmlPage(`${content}<body></body>`) });
    await collector.waitFor(() => collector.hits.length === 2);
    const paths = collector.hits.map(({ url }) => url.split("?")[0]?.replace(/\d+$/, ""));
    assert.deepEqual(new Set(paths), new Set(["/b/ss/suite/1/JS-2.27.0-LATEST-CONTAINER/s"]));
    assert.ok(collector.hits.every(({ url }) => url.includes("&v1=2.27.0&")));
  });
}
