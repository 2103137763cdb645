// Names of Rust functions, as rustc writes them into the module.

/** The path of a function, without rustc's hash and the name of this crate. @param {string} name */
export function readableName(name) {
  return name.replace(/::h[0-9a-f]{16}$/, "").replace(/^afterhit::/, "");
}

/** The crate that a function comes from, by its readable name. @param {string} name */
export function crateOf(name) {
  const [, crate = ""] = name.match(/(\w+)(?:\[\w+\])?::/) ?? [];
  return /^(?:alloc|core|std|spin|wasm_bindgen|js_sys|web_sys|__rustc)$/.test(crate) ? crate : "afterhit";
}

/** Numbers the names that several functions have. @param {string[]} names */
export function uniqueNames(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count > 1 ? `${name} ${count}` : name;
  });
}
