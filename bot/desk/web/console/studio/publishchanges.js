/** Changes in words, one line each, with the lines of the file behind them. */

import { h } from "../dom.js";

const SIGNS = { "+": ["ins", "added: "], "-": ["del", "taken out: "], " ": ["span", ""] };

/** Make the list of changes, as the desk tells them: `[{ file, words, lines, more }]`. */
export function changeList(changes) {
  return h("ul", { class: "pub-changes" }, changes.map(({ file, words, lines, more }) => h("li", {},
    h("details", {},
      h("summary", {}, h("span", { class: "pub-words" }, words.map((word) => h("span", {}, word))), h("code", {}, file)),
      h("div", { class: "pub-lines", role: "region", tabindex: "0", "aria-label": `Lines of ${file}` }, lines.map(line),
        more > 0 && h("p", { class: "quiet" }, `and ${more} more lines`))))));
}

function line([sign, text]) {
  if (sign === "@") return h("p", { class: "pub-at" }, `Line ${text}`);
  const [tag, said] = SIGNS[sign] ?? SIGNS[" "];
  return h(tag, { class: "pub-line" }, h("span", { class: "pub-sign", "aria-hidden": "true" }, sign), said && h("span", { class: "unseen" }, said), text || " ");
}

/** Say how many changes there are. */
export const counted = (count) => (count === 1 ? "1 change" : `${count} changes`);
