/** Times and days as a reader says them, in the reader's own language and zone. */

import { LOCALE } from "./words.js";

const ONE_DAY = 24 * 60 * 60 * 1000;
let forms = null;

export const timeOf = (at) => inPresentLanguage().time.format(at);

/** Name the day: "Today", "Yesterday", or weekday and date. */
export function dayOf(at, now = new Date()) {
  if (sameDay(at, now)) return near(0);
  if (sameDay(at, new Date(now.getTime() - ONE_DAY))) return near(-1);
  return inPresentLanguage().day.format(at);
}

export function sameDay(one, other) {
  return one.toDateString() === other.toDateString();
}

/** It stands alone, so it begins with a capital letter. */
function near(days) {
  const [first, ...others] = inPresentLanguage().near.format(days, "day");
  return first.toLocaleUpperCase(LOCALE) + others.join("");
}

/** Formats are dear to make, so they are kept until the language changes. */
function inPresentLanguage() {
  if (forms?.locale === LOCALE) return forms;
  forms = {
    locale: LOCALE,
    time: new Intl.DateTimeFormat(LOCALE, { timeStyle: "short" }),
    day: new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" }),
    near: new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }),
  };
  return forms;
}
