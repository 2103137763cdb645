// The cookie jar. A sandboxed frame refuses both ways: it has no cookies then.

export const cookies = () => {
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
