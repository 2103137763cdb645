// Automatic tracking of download and exit links, where it differs from AppMeasurement. What is the same is in
// tests/wire/13-auto-links.json and 14-activity-map.json.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage, parametersOf } from "../support/fixture.mjs";
import { htmlPage, scriptTag } from "../support/pages.mjs";

describe("clicks on links", { concurrency: 2 }, () => {
  test("a second click on a link within ten seconds is not sent, however old the page is", async (t) => {
    const tab = await openPage(t, {
      before: "const real = performance.now.bind(performance); performance.now = () => real() + 60_000;",
      html: htmlPage(`${scriptTag}<script>
        var s = s_gi("suite");
        s.trackingServer = "127.0.0.1:PORT";
        s.trackDownloadLinks = true;
        addEventListener("click", (event) => event.preventDefault());
      </script><body><a id="list" href="/list.pdf">List</a>`),
    });
    await tab.page.click("#list", { clickCount: 2 });
    await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_d"));
    await tab.page.evaluate("s.pageName = 'end'; s.t(); s.outcome()");
    assert.deepEqual(
      tab.collector.hits.map((hit) => parametersOf(hit).pe),
      ["lnk_d", undefined],
    );
  });
});

describe("pages and settings out of the ordinary", { concurrency: 2 }, () => {
  test("in XHTML, where names of elements are in lower case, links and buttons are tracked", async (t) => {
    const tab = await openPage(t);
    const port = new URL(tab.address).pathname.slice(1, -1);
    const body = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Test</title>
      <script src="${new URL("/afterhit.js", tab.address)}"></script><script>
        var s = s_gi("suite");
        s.trackingServer = "127.0.0.1:${port}";
        s.trackDownloadLinks = s.useLinkTrackSessionStorage = true;
        addEventListener("click", function (event) { event.preventDefault(); });
      </script></head><body><main id="main"><a id="list" href="/list.pdf"><img id="picture" alt="" src="/x.gif" width="9" height="9"/></a>
      <form><input id="send" type="submit" value="Send"/></form></main></body></html>`;
    await tab.page.evaluate((text) => {
      location.href = URL.createObjectURL(new Blob([text], { type: "application/xhtml+xml" }));
    }, body);
    await tab.page.waitForSelector("#picture");
    await tab.page.click("#picture");
    const download = parametersOf(await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_d")));
    assert.deepEqual([download.link, download.region], ["/x.gif", "main"]);
    await tab.page.click("#send");
    await tab.page.evaluate("s.t(); s.outcome()");
    assert.equal(parametersOf(await tab.collector.waitFor(({ url }) => !url.includes("pe="))).link, "Send");
  });

  for (const [what, pageName, sent] of [
    ["a number", "404", "404"],
    ["an object", "{ toString: () => 'shop' }", "shop"],
  ]) {
    test(`Activity Map has a click on a page whose pageName is ${what}`, async (t) => {
      const tab = await openPage(t, {
        html: htmlPage(`${scriptTag}<script>
          var s = s_gi("suite");
          s.trackingServer = "127.0.0.1:PORT";
          s.pageName = ${pageName};
        </script><body><a id="top" href="#top">Top</a>`),
      });
      await tab.page.click("#top");
      await tab.page.evaluate("s.t(); s.outcome()");
      const { page, link } = parametersOf(tab.collector.hits[0]);
      assert.deepEqual({ page, link }, { page: sent, link: "Top" });
    });
  }

  test("useForcedLinkTracking that is switched off after a click: clicks are tracked after the page", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`<body><a id="one" href="/one.pdf">One</a><a id="two" href="/two.pdf" onclick="s.prop1 = 'two'">Two</a>
        ${scriptTag}<script>
          var s = s_gi("suite");
          s.trackingServer = "127.0.0.1:PORT";
          s.trackDownloadLinks = true;
          addEventListener("click", (event) => event.preventDefault());
        </script>`),
    });
    await tab.page.click("#one");
    await tab.page.evaluate("s.useForcedLinkTracking = false");
    await tab.page.click("#two");
    const late = await tab.collector.waitFor(({ url }) => url.includes("two.pdf"));
    assert.equal(parametersOf(late).c1, "two");
  });

  test("useForcedLinkTracking off: a click whose propagation the page stops does not count, and the next one is sent", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`<body><a id="list" href="/list.pdf">List</a>${scriptTag}<script>
          var s = s_gi("suite");
          s.trackingServer = "127.0.0.1:PORT";
          s.trackDownloadLinks = true;
          s.useForcedLinkTracking = false;
          const stop = (event) => event.stopPropagation();
          addEventListener("click", (event) => event.preventDefault(), true);
          list.addEventListener("click", stop);
        </script>`),
    });
    await tab.page.click("#list");
    await tab.page.evaluate("list.removeEventListener('click', stop)");
    await tab.page.click("#list");
    await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_d"));
    assert.equal(tab.collector.hits.length, 1);
  });

  test("an error of doPlugins in a click is on the console, and the next call is sent", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`${scriptTag}<script>
        var s = s_gi("suite");
        s.trackingServer = "127.0.0.1:PORT";
        s.usePlugins = true;
        s.doPlugins = () => { throw new Error("from the page"); };
      </script><body><p id="text">Text</p>`),
    });
    await tab.page.click("#text");
    assert.match(tab.logged("error").join(), /from the page/);
    await tab.page.evaluate("s.usePlugins = false; s.pageName = 'next'; s.t(); s.outcome()");
    assert.deepEqual(tab.arrived(), ["next"]);
  });
});

describe("links in open shadow roots", { concurrency: 2 }, () => {
  const page = `${scriptTag}<script>
    var s = s_gi("suite");
    s.trackingServer = "127.0.0.1:PORT";
    s.trackExternalLinks = s.trackDownloadLinks = true;
    addEventListener("click", (event) => event.preventDefault());
    for (const [name, html] of Object.entries({
      "outer-part": "<div id=frame><inner-part></inner-part></div>",
      "inner-part": "<a href='https://elsewhere.example/'>Else<b id=inner>where</b></a>",
      "download-button": "<a href='/list.pdf'><slot></slot></a>",
    })) {
      customElements.define(name, class extends HTMLElement {
        connectedCallback() {
          this.attachShadow({ mode: "open" }).innerHTML = html;
        }
      });
    }
  </script><body>`;

  test("an exit link in nested shadow roots is sent, with its region", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`${page}<main id="main"><outer-part></outer-part></main>`),
    });
    await tab.page.click("#inner");
    const exit = parametersOf(await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_e")));
    assert.equal(exit.pev1, "https://elsewhere.example/");
    assert.deepEqual([exit.link, exit.region], ["Elsewhere", "frame"]);
  });

  test("a download link around slotted text is sent", async (t) => {
    const tab = await openPage(t, { html: htmlPage(`${page}<download-button>Price list</download-button>`) });
    await tab.page.click("download-button");
    const download = parametersOf(await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_d")));
    assert.match(download.pev1 ?? "", /list\.pdf$/);
  });

  test("a download link around a slotted element is sent", async (t) => {
    const tab = await openPage(t, {
      html: htmlPage(`${page}<download-button><b>Price list</b></download-button>`),
    });
    await tab.page.click("b");
    const download = parametersOf(await tab.collector.waitFor(({ url }) => url.includes("pe=lnk_d")));
    assert.match(download.pev1 ?? "", /list\.pdf$/);
  });
});
