/**
 * The cart, kept in session storage, or in memory where storage is not allowed.
 *
 * @typedef {import("./catalogue.js").Product} Product
 * @typedef {{ product: Product, finish: string, quantity: number }} Line
 */
import { findProduct } from "./catalogue.js";

const STORAGE_KEY = "overtone.cart";
const MAX_QUANTITY = 9;

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
  if (same) same.quantity = Math.min(MAX_QUANTITY, same.quantity + 1);
  else lines.push({ product, finish, quantity: 1 });
  saveAndNotify();
}

/** @param {Line} line */
export function removeFromCart(line) {
  lines = lines.filter((other) => other !== line);
  saveAndNotify();
}

export function emptyCart() {
  lines = [];
  saveAndNotify();
}

/** @param {() => void} listener */
export function onCartChange(listener) {
  listeners.add(listener);
}

function saveAndNotify() {
  try {
    const stored = lines.map(({ product, finish, quantity }) => ({ id: product.id, finish, quantity }));
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(stored));
  } catch {
    // Storage is not allowed: the cart lives in memory.
  }
  for (const listener of listeners) listener();
}

/** @returns {Line[]} */
function load() {
  try {
    /** @type {{ id: string, finish: string, quantity: number }[]} */
    const stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "[]");
    return stored.flatMap(({ id, finish, quantity }) => {
      const product = findProduct(id);
      return product ? [{ product, finish, quantity }] : [];
    });
  } catch {
    return [];
  }
}
