/** The few words that are said before the chat has come, in the visitor's language. */

import { WORDS } from "./owner.js";

let wishes = [];

/** Choose the language: the page's call or setting, then the page's own, then the browser's. */
export function speak(chosen) {
  wishes = [chosen === "auto" ? null : chosen, document.documentElement.lang].filter(Boolean);
  return wishes;
}

/** Return the language as {lang, dir}, for the element that holds the words. */
export function direction() {
  const lang = languageOf([...wishes, ...navigator.languages]);
  return { lang, dir: lang === "ar" ? "rtl" : "ltr" };
}

export function words() {
  const language = direction().lang;
  const { unread, ...others } = WORDS[language];
  const formOf = (count) => unread[new Intl.PluralRules(language).select(count)] ?? unread.other;
  return { ...others, unread: (count) => formOf(count).replace("#", count.toLocaleString(language)) };
}

/** Choose among wordings by language the one for this visitor; under "" stands the one for everybody else. */
export function worded(wordings) {
  const known = codesOf([...wishes, ...navigator.languages]).find((code) => code in wordings);
  return wordings[known ?? ""] ?? Object.values(wordings)[0] ?? null;
}

const codesOf = (tags) => tags.map((tag) => String(tag).toLowerCase().split(/[-_]/)[0]);
const languageOf = (tags) => codesOf(tags).find((code) => code in WORDS) ?? "en";
