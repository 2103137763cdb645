// @snowplow/browser-tracker: variables are in an entity attached to the page view or the click.
import { value, variables } from "../variables.js";

const pageSchema = "iglu:com.example/page/jsonschema/1-0-0";
const clickSchema = "iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1";

/** @type {import("../main.js").Tracker} */
export const tracker = {
  start() {
    const collector = new URLSearchParams(location.search).get("collector");
    snowplow().newTracker("bench", `https://${collector}`, { appId: "bench" });
  },
  preparePage(count, hit) {
    const { pageName: title, ...data } = Object.fromEntries(variables(count, hit));
    return () => snowplow().trackPageView({ title: title ?? "", context: [{ schema: pageSchema, data }] });
  },
  prepareLink(hit) {
    const data = Object.fromEntries(["prop1", "eVar1", "eVar2"].map((name) => [name, value(name, hit)]));
    const context = [{ schema: pageSchema, data }];
    const event = { schema: clickSchema, data: { targetUrl: `link ${hit}` } };
    return () => snowplow().trackSelfDescribingEvent({ event, context });
  },
};

const snowplow = () => /** @type {any} */ (globalThis).snowplow;
