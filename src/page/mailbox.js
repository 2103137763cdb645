// Texts on their way between the page's side and the core: those that go with the call of an export, what it replies, and
// what is remembered of each tracker.

/** @type {string[]} */
let givenTexts;

/** Texts for the export that is called next. @param {...string} texts */
export const give = (...texts) => {
  givenTexts = texts;
};

/** @param {number} place */
export const given = (place) => /** @type {string} */ (givenTexts[place]);

let latest = "";

/** @param {number} _ @param {string} text */
export const reply = (_, text) => {
  latest = text;
};

/** What an export replies to these texts. @param {() => void} ask @param {...string} texts */
export const replyOf = (ask, ...texts) => {
  givenTexts = texts;
  latest = "";
  ask();
  return latest;
};

/** @type {any} */
const memory = {};

/** @param {number} n @param {string} name @returns {string} */
export const remembered = (n, name) => memory[name + n] ?? "";

/** Remembers `name NUL text` of a tracker. @param {number} n @param {string} pair */
export const remember = (n, pair) => {
  const end = pair.indexOf("\0");
  memory[pair.slice(0, end) + n] = pair.slice(end + 1);
};

let long = "";

/** Keeps an answer until there is room for it. @param {string} answer */
export const keep = (answer) => {
  long = answer;
};

export const again = () => long;

/** Percent escapes undone as browsers do, for pages of any encoding. @param {number} _ @param {string} text */
export const decode = (_, text) => {
  const blanks = text.replace(/\+/g, " ");
  try {
    return decodeURIComponent(blanks);
  } catch {
    return unescape(blanks);
  }
};
