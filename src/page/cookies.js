// The cookie jar. A sandboxed frame refuses both ways: it has no cookies then.

export const cookies = () => {
  try {
    return document.cookie;
  } catch {
    return "";
  }
};

/** @param {string} assignment */
export const setCookie = (assignment) => {
  try {
    document.cookie = assignment;
  } catch {}
};
