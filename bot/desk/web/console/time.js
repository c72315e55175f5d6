/** Times as people say them, by the desk's clock when the one here is wrong. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WRONG = 5000;
const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const shortDayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const thisYearFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dateFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
let skew = 0;

/** Learn from the date in an answer how wrong the clock here is; a few seconds are nothing. */
export function setClock(told, here = Date.now()) {
  const there = Date.parse(told ?? "");
  if (!Number.isNaN(there)) skew = Math.abs(there - here) > WRONG ? there - here : 0;
}

/** Give the present moment in milliseconds, by the desk's clock. */
export const now = () => Date.now() + skew;

export const clock = (at) => (at ? clockFormat.format(new Date(at)) : "");
export const date = (at) => (at ? dateFormat.format(new Date(at)) : "");
export const dayKey = (at) => new Date(at).toDateString();
const today = () => new Date(now());

/** Say which day it was. */
export function day(at, present = today()) {
  if (dayKey(at) === present.toDateString()) return "Today";
  if (dayKey(at) === new Date(present - DAY).toDateString()) return "Yesterday";
  return dayFormat.format(new Date(at));
}

/** Say how long it has been since `at`. */
export function since(at, present = now()) {
  const passed = Math.max(0, present - new Date(at));
  if (passed < MINUTE) return `${Math.floor(passed / 1000)} s`;
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ${String(Math.floor((passed % HOUR) / MINUTE)).padStart(2, "0")} min`;
  const days = Math.floor(passed / DAY);
  return days === 1 ? "1 day" : `${days} days`;
}

/** Say how old something is: just now, or so long ago. */
export const ago = (at, present = now()) => (present - new Date(at) < MINUTE ? "just now" : `${since(at, present)} ago`);

/** Give the whole seconds left until `at`, never fewer than none. */
export const left = (at, present = now()) => Math.max(0, Math.ceil((new Date(at) - present) / 1000));

/** Say when it was, short: a time today, a day this year, a date before. */
export function moment(at, present = today()) {
  if (!at) return "";
  const then = new Date(at);
  if (dayKey(at) === present.toDateString()) return clock(at);
  return (then.getFullYear() === present.getFullYear() ? thisYearFormat : dateFormat).format(then);
}

/** Say when it will be: 15:30, tomorrow 09:00, Tue 24 Nov 09:00. */
export function ahead(at, present = today()) {
  if (!at) return "";
  if (dayKey(at) === present.toDateString()) return clock(at);
  if (dayKey(at) === new Date(present.getTime() + DAY).toDateString()) return `tomorrow ${clock(at)}`;
  return `${shortDayFormat.format(new Date(at))}, ${clock(at)}`;
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
