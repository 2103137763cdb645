// Programs as sites write them. All of this must compile.
import {
  AppMeasurement,
  type Outcome,
  s_gi,
  type Tracker,
  type Visitor,
} from "../../../src/entry/afterhit.js";

const s = s_gi("suite1,suite2");
const other: Tracker = AppMeasurement.getInstance("suite");
s.setAccount("suite");

// Variables: everything is sent as text, lists may be arrays.
s.pageType = document.title.includes("404") ? "errorPage" : "";
s.pageType = "product page";
s.prop1 = 5;
s.eVar250 = true;
s.events = ["event1", "event2=10"];
s.products = ["Shoes;SKU-1;2;59.80", ";SKU-2"];
s.events = "event1,event2";
s.contextData = { "section.name": "News", count: 3 };
s.contextData.more = null;
s.linkTrackVars = ["prop1", "events"].join(",");
s.maxDelay = "500";
s.cookieLifetime = "SESSION";
s.linkObject = true;
s.trackDownloadLinks = true;
s.abort = 1;
s.t();
// After a hit.
const { abort, linkType } = s_gi("suite");
if (abort === 0 || linkType === 0) s.clearVars();

// Links.
addEventListener("click", (event) => s.tl(event.target, "o", "anything", null, () => console.log("sent")));
document.body.onclick = function () {
  s.tl(this, "o", "body");
};
document.querySelectorAll("a").forEach((link) => {
  link.addEventListener("click", function () {
    s.tl(this, "e", this.textContent, { eVar1: "value", events: ["event3"] }, "navigate");
  });
});
s.tl(document.querySelector("a"), "d");
s.tl(true, "o", "no element");

// Utilities and cookies.
const query: string = s.Util.getQueryParam("cid");
s.campaign = s.Util.getQueryParam("cid", location.href, "&") || query;
const isWritten: boolean = s.Util.cookieWrite("name", "value", new Date(Date.now() + 86_400_000));
if (isWritten && s.c_w("other", 1, 1))
  s.prop2 = s.c_r("name") + s.cookieRead("other") + s.Util.cookieRead("x");
s.cookieWrite("session", "value");
s.prop3 = s.replace(s.escape("a b"), "%20", "+");
s.foreachVar((name, value) => s.log(`${name}=${value}`), "prop1,prop2");
const version: string = `${s.version} ${s.afterhit}`;
s.version += "-custom";
const isOurs: boolean = window.s_c_il[s._in] === s && s._c === "s_c";

// Services and modules.
const visitor: Visitor = { isAllowed: () => true, getVisitorValues: () => undefined };
s.visitor = visitor;
s.loadModule("Integrate", (tracker, module) => {
  module.add("partner");
  tracker.prop4 = "loaded";
});
if (s.Integrate) s.Integrate.onLoad = (_tracker, module) => module.setVars("partner");
s.AudienceManagement?.setup({ partner: "partner" });
s.ActivityMap.regionIDAttribute = "data-region";
s.ActivityMap.link = (element, name) => name ?? element.id;

// Plug-ins of the site.
s.usePlugins = true;
s.doPlugins = (tracker) => {
  tracker.prop5 = tracker.pageName;
};
const unregister = s.registerPostTrackCallback((url, a, b) => console.log(url, a + b), 1, 2);
unregister();

// Globals of the script.
window.s_objectID = "name";
if (window.s_i_suite?.complete)
  console.log(window.s_gi("suite") === window.AppMeasurement.getInstance("suite"));

s.t({ pageName: "Overridden", linkTrackVars: "None" });
const outcome: Promise<Outcome> = s.outcome();
console.log(other, version, isOurs, outcome, new AppMeasurement("suite"));
