/**
 * The cart: kept for the tab where storage is allowed, in memory where it is not.
 *
 * @typedef {import("./catalogue.js").Product} Product
 * @typedef {{ product: Product, finish: string, quantity: number }} Line
 */
import { findProduct } from "./catalogue.js";

const KEY = "overtone.cart";
const MOST = 9;

/** @type {Set<() => void>} */
const listeners = new Set();
let lines = load();

/** @returns {readonly Line[]} */
export function cartLines() {
  return lines;
}

export function cartCount() {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

export function cartTotal() {
  return lines.reduce((sum, line) => sum + line.quantity * line.product.price, 0);
}

/**
 * @param {Product} product
 * @param {string} finish
 */
export function addToCart(product, finish) {
  const same = lines.find((line) => line.product === product && line.finish === finish);
  if (same) same.quantity = Math.min(MOST, same.quantity + 1);
  else lines.push({ product, finish, quantity: 1 });
  changed();
}

/** @param {Line} line */
export function removeFromCart(line) {
  lines = lines.filter((other) => other !== line);
  changed();
}

export function emptyCart() {
  lines = [];
  changed();
}

/** @param {() => void} listener */
export function onCartChange(listener) {
  listeners.add(listener);
}

function changed() {
  try {
    const kept = lines.map(({ product, finish, quantity }) => ({ id: product.id, finish, quantity }));
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {}
  for (const listener of listeners) listener();
}

/** @returns {Line[]} */
function load() {
  try {
    /** @type {{ id: string, finish: string, quantity: number }[]} */
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return kept.flatMap(({ id, finish, quantity }) => {
      const product = findProduct(id);
      return product ? [{ product, finish, quantity }] : [];
    });
  } catch {
    return [];
  }
}
