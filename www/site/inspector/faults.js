/**
 * The switch that makes the collector fail, and how. It shows what the collector says its plan is, so that it is right
 * in every tab and after a reload.
 */
import { byId, h } from "../dom.js";
import { putPlan } from "./live.js";

/** @returns {(plan: unknown) => void} shows a plan */
export function startFaults() {
  const button = byId("fault-switch");
  const how = /** @type {HTMLSelectElement} */ (byId("fault-kind"));
  const problem = byId("fault-problem");
  let failing = false;

  /** @param {string} plan */
  function ask(plan) {
    putPlan(plan).then(
      () => problem.replaceChildren(),
      () => problem.replaceChildren("The collector cannot be reached. Is the server still running?"),
    );
  }

  button.addEventListener("click", () => ask(failing ? "ok" : how.value));
  how.addEventListener("change", () => {
    if (failing) ask(how.value);
  });

  return (plan) => {
    failing = plan !== "ok";
    button.setAttribute("aria-checked", String(failing));
    document.documentElement.classList.toggle("collector-fails", failing);
    if (!failing) return;
    const value = typeof plan === "string" ? plan : JSON.stringify(plan);
    if (![...how.options].some((option) => option.value === value)) how.append(h("option", { value }, value));
    how.value = value;
  };
}
