/**
 * On a narrow screen the inspector is a sheet at the bottom: a bar that says what came last, and opens.
 */
import { byId } from "../dom.js";

const NARROW = matchMedia("(max-width: 979px)");

/** @returns {(name: string, words: string, state: string) => void} shows what came last */
export function startSheet() {
  const handle = byId("sheet-handle");
  const body = byId("inspector-body");
  const besideShop = document.querySelector(".desk") !== null;
  const latestName = byId("latest-name");
  const latestState = byId("latest-state");
  let open = false;

  function show() {
    handle.setAttribute("aria-expanded", String(open));
    document.documentElement.classList.toggle("sheet-open", open);
    body.toggleAttribute("inert", besideShop && NARROW.matches && !open);
  }

  handle.addEventListener("click", () => {
    open = !open;
    show();
  });
  byId("inspector").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open || !NARROW.matches) return;
    open = false;
    show();
    handle.focus();
  });
  NARROW.addEventListener("change", show);
  show();

  return (name, words, state) => {
    latestName.textContent = name;
    latestState.textContent = words;
    latestState.dataset.state = state;
  };
}
