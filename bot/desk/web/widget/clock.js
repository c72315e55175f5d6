/** Times and days as a reader says them, in the reader's own locale and zone. */

import { WORDS } from "./words.js";

const HOUR = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const ONE_DAY = 24 * 60 * 60 * 1000;

export const timeOf = (at) => HOUR.format(at);

/** Name the day: "Today", "Yesterday", or weekday and date. */
export function dayOf(at, now = new Date()) {
  if (sameDay(at, now)) return WORDS.today;
  if (sameDay(at, new Date(now.getTime() - ONE_DAY))) return WORDS.yesterday;
  return DAY.format(at);
}

export function sameDay(one, other) {
  return one.toDateString() === other.toDateString();
}
