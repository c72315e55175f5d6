/** Times as people say them. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const dateFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

export const clock = (at) => (at ? clockFormat.format(new Date(at)) : "");
export const date = (at) => (at ? dateFormat.format(new Date(at)) : "");
export const dayKey = (at) => new Date(at).toDateString();

/** Say which day it was. */
export function day(at, now = new Date()) {
  if (dayKey(at) === now.toDateString()) return "Today";
  if (dayKey(at) === new Date(now - DAY).toDateString()) return "Yesterday";
  return dayFormat.format(new Date(at));
}

/** Say how long it has been since `at`. */
export function since(at, now = Date.now()) {
  const passed = Math.max(0, now - new Date(at));
  if (passed < MINUTE) return `${Math.floor(passed / 1000)} s`;
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ${String(Math.floor((passed % HOUR) / MINUTE)).padStart(2, "0")} min`;
  const days = Math.floor(passed / DAY);
  return days === 1 ? "1 day" : `${days} days`;
}

/** Say when it was, short: a time today, a date before. */
export function moment(at, now = new Date()) {
  if (!at) return "";
  return dayKey(at) === now.toDateString() ? clock(at) : date(at);
}

/** Keep every `time[data-since]` under `root` true, second by second. */
export function keepTicking(root) {
  const tick = () => {
    for (const node of root.querySelectorAll("time[data-since]")) {
      const text = since(node.dataset.since);
      if (node.textContent !== text) node.textContent = text;
    }
  };
  return setInterval(tick, 1000);
}
