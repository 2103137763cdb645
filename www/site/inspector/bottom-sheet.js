/**
 * On a narrow screen the inspector is a bottom sheet beside the shop: a bar that shows the latest hit, and expands.
 */
import { byId } from "../dom.js";

/** The breakpoint of style/inspector-layout.css. */
const NARROW = matchMedia("(max-width: 979px)");

/** @returns {(name: string, label: string, state: string) => void} shows the latest hit in the bar */
export function startBottomSheet() {
  const handle = byId("sheet-handle");
  const body = byId("inspector-body");
  const isBesideShop = document.querySelector(".split-view") !== null;
  const latestName = byId("latest-name");
  const latestState = byId("latest-state");
  let open = false;

  function show() {
    handle.setAttribute("aria-expanded", String(open));
    document.documentElement.classList.toggle("sheet-open", open);
    body.toggleAttribute("inert", isBesideShop && NARROW.matches && !open);
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

  return (name, label, state) => {
    latestName.textContent = name;
    latestState.textContent = label;
    latestState.dataset.state = state;
  };
}
