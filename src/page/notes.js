// Short texts in session storage.

/** @param {number} _ @param {string} key */
export const note = (_, key) => {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
};

/** @param {number} _ @param {string} pair */
export const setNote = (_, pair) => {
  const [key, value] = /** @type {[string, string]} */ (pair.split("\0"));
  try {
    sessionStorage.setItem(key, value);
  } catch {}
};
