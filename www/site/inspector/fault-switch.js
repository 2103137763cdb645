/**
 * The switch that makes the collector fail, and the choice of how. It shows the plan that the collector reports, so it
 * is right in every tab and after a reload.
 */
import { byId, h } from "../dom.js";
import { putPlan } from "./collector-client.js";

/** @returns {(plan: unknown) => void} shows the collector's plan */
export function startFaultSwitch() {
  const button = byId("fault-switch");
  const kind = /** @type {HTMLSelectElement} */ (byId("fault-kind"));
  const problem = byId("fault-problem");
  let failing = false;

  /** @param {string} plan */
  function requestPlan(plan) {
    putPlan(plan).then(
      () => problem.replaceChildren(),
      () => problem.replaceChildren("The collector cannot be reached. Is the server still running?"),
    );
  }

  button.addEventListener("click", () => requestPlan(failing ? "ok" : kind.value));
  kind.addEventListener("change", () => {
    if (failing) requestPlan(kind.value);
  });

  return (plan) => {
    failing = plan !== "ok";
    button.setAttribute("aria-checked", String(failing));
    document.documentElement.classList.toggle("collector-fails", failing);
    if (!failing) return;
    const value = typeof plan === "string" ? plan : JSON.stringify(plan);
    if (![...kind.options].some((option) => option.value === value))
      kind.append(h("option", { value }, value));
    kind.value = value;
  };
}
