/** The conversation as a text file, made here: nothing is asked of the desk. */

import { sameDay, timeOf } from "../clock.js";
import { el } from "../dom.js";
import { LOCALE, WORDS } from "../words.js";

/** Hand the visitor the file. */
export function download({ entries, business, assistant }) {
  const name = business?.name ?? WORDS.nobodyYet;
  const day = new Date().toLocaleDateString("sv"); // which writes 2026-11-22
  const file = new Blob([written(entries, name, assistant)], { type: "text/plain;charset=utf-8" });
  const address = URL.createObjectURL(file);
  el("a", { href: address, download: `${name} ${day}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Write it down: each day, and who said what when. */
export function written(entries, title, assistant) {
  const date = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full" });
  const lines = [title];
  let before = null;
  for (const entry of entries) {
    if (!before || !sameDay(before.at, entry.at)) lines.push("", date.format(entry.at), "");
    lines.push(`${timeOf(entry.at)}  ${speaker(entry, assistant)}${entry.text}`);
    before = entry;
  }
  return `${lines.join("\r\n")}\r\n`;
}

function speaker({ speaker: who, name }, assistant) {
  if (who === "system") return "";
  return `${who === "visitor" ? WORDS.you : WORDS.said[who](name ?? assistant)}: `;
}
