// Access to `document.cookie`. In a sandboxed frame both reading and writing throw: such a page has no cookies.

export const readCookies = () => {
  try {
    return document.cookie;
  } catch {
    return "";
  }
};

/** @param {number} _ @param {string} assignment */
export const setCookie = (_, assignment) => {
  document.cookie = assignment;
};
