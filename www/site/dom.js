/**
 * Creates elements. Text becomes text nodes, never HTML: the inspector shows text that anybody may have written.
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
 * An SVG from trusted markup, hidden from screen readers: the text beside it says the same.
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
 * The element with this id. It must exist: every id is in our own HTML.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}.`);
  return found;
}
