/**
 * Elements in one expression. Text becomes text nodes, never HTML: what the inspector shows was written by anybody.
 *
 * @typedef {Node | string | number | false | null | undefined} Child
 * @typedef {Record<string, string | number | boolean | ((event: Event) => void) | undefined>} Attributes
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes] functions become event listeners: { onclick: … }
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children)
    if (child !== false && child !== null && child !== undefined)
      element.append(typeof child === "number" ? String(child) : child);
  return element;
}

/**
 * A drawing of ours (never text from elsewhere), hidden from screen readers: the words beside it say the same.
 *
 * @param {string} viewBox
 * @param {string} markup
 * @param {string} [className]
 * @returns {Element}
 */
export function drawing(viewBox, markup, className = "") {
  const template = document.createElement("template");
  template.innerHTML = `<svg viewBox="${viewBox}" class="${className}" aria-hidden="true" focusable="false">${markup}</svg>`;
  return /** @type {Element} */ (template.content.firstElementChild);
}

/**
 * The element with this id; the page is ours, so it is there.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
