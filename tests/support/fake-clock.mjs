// A clock for pages in a browser whose driver has none: timers fire only during `runFor`.

/** The script of a page. */
export const fakeClock = `
var fakeClock = (() => {
  const RealDate = Date;
  const timers = new Map();
  let now = RealDate.now();
  let last = 0;
  const add = (isRepeated) => (work, ms = 0, ...list) => {
    timers.set(++last, { at: now + Math.max(Number(ms) || 0, 1), ms, isRepeated, run: () => work(...list) });
    return last;
  };
  const remove = (id) => void timers.delete(id);
  Object.assign(window, {
    setTimeout: add(false),
    setInterval: add(true),
    clearTimeout: remove,
    clearInterval: remove,
    Date: class extends RealDate {
      constructor(...list) {
        super(...(list.length > 0 ? list : [now]));
      }
      static now = () => now;
    },
  });
  return {
    runFor(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter(([, { at }]) => at <= end).sort(([, one], [, other]) => one.at - other.at);
        if (!next) break;
        const [id, timer] = next;
        now = timer.at;
        if (timer.isRepeated) timer.at = now + Math.max(timer.ms, 1);
        else timers.delete(id);
        timer.run();
      }
      now = end;
    },
  };
})();
`;
