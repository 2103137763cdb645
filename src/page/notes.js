// Short texts in session storage.

/** @param {string} key */
export const note = (key) => {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
};

/** @param {string} key @param {string} value */
export const setNote = (key, value) => {
  try {
    sessionStorage.setItem(key, value);
  } catch {}
};
