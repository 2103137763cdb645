// Mistakes. Each must be refused: the compiler complains about a comment that expects an error where there is none.
import { AppMeasurement, s_gi } from "../../../src/entry/afterhit.js";

const s = s_gi("suite");
// @ts-expect-error a report suite must be given
s_gi();
// @ts-expect-error report suites are one text
s_gi(["suite1", "suite2"]);
// @ts-expect-error the number is at most 75
s.prop76 = "value";
// @ts-expect-error the number is at most 250
s.eVar251 = "value";
// @ts-expect-error numbers have no leading zero
s.eVar01 = "value";
// @ts-expect-error a misspelt name
s.pagename = "Home";
// @ts-expect-error an object is no value
s.prop1 = { name: "value" };
// @ts-expect-error a list holds no objects
s.events = [{ name: "event1" }];
// @ts-expect-error links are of type o, d or e
s.tl(true, "x", "name");
// @ts-expect-error a link has a type
s.tl(true);
// @ts-expect-error a number is no link
s.tl(5, "o", "name");
// @ts-expect-error the action is a function or "navigate"
s.tl(true, "o", "name", null, "go");
// @ts-expect-error overrides are variables
s.t({ pageTitle: "Home" });
// @ts-expect-error there is no such setting
s.trackDownloads = true;
// @ts-expect-error a switch is on or off
s.trackDownloadLinks = "yes";
// @ts-expect-error callbacks are functions
s.registerPostTrackCallback("callback");
// @ts-expect-error a function that wants more than it is given
s.registerPreTrackCallback((url: string, more: number) => console.log(url, more));
// @ts-expect-error cookieWrite returns whether it worked
const value: string = s.Util.cookieWrite("name", "value");
// @ts-expect-error an expiry is a date, a number or a text
s.cookieWrite("name", "value", { days: 3 });
// @ts-expect-error there is no such utility
s.Util.getCookie("name");
// @ts-expect-error it is no function of its own
AppMeasurement.create("suite");
// @ts-expect-error what it is in the list of instances is not up to the page
s._in = 3;
console.log(value);
