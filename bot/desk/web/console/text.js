/** Message text: plain, with quiet underlines where the brief found its evidence, and safe links. */

import { h } from "./dom.js";
import { safeAddress } from "./words.js";

// Marks that turn the direction of writing are no part of an address.
const TURNS = "\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069";
const PART = `[^\\s<>"'${TURNS}]`;
const ADDRESS = new RegExp(String.raw`\bhttps?:\/\/${PART}+[^\s<>"'.,;:!?)\]${TURNS}]|\bmailto:${PART}+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+`, "g");

/** Give the nodes for `text`, with each of `quotes` marked. */
export function textNodes(text, quotes = []) {
  const nodes = [];
  let at = 0;
  for (const [start, end] of spans(text, quotes)) {
    nodes.push(...withLinks(text.slice(at, start)));
    nodes.push(h("mark", { class: "cue" }, ...withLinks(text.slice(start, end))));
    at = end;
  }
  return [...nodes, ...withLinks(text.slice(at))];
}

/** Find where the quotes stand, joined where they overlap. */
export function spans(text, quotes) {
  const found = quotes.filter(Boolean).map((quote) => place(text, quote)).filter(([start]) => start >= 0);
  const joined = [];
  for (const [start, end] of found.sort((one, other) => one[0] - other[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

// A shortened quote ends in an ellipsis; the words before it still have a place.
function place(text, quote) {
  const words = quote.replace(/^(…|\.\.\.)|(…|\.\.\.)$/g, "").trim();
  const start = words ? text.toLowerCase().indexOf(words.toLowerCase()) : -1;
  return [start, start + words.length];
}

function withLinks(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const href = safeAddress(match[0].includes(":") ? match[0] : `mailto:${match[0]}`);
    if (!href) continue;
    nodes.push(text.slice(at, match.index), link(href, match[0]));
    at = match.index + match[0].length;
  }
  return [...nodes, text.slice(at)].filter((node) => node !== "");
}

/** Make a link that leaves the console alone; marks in the text around it do not turn it. */
export function link(href, text) {
  return h("a", { href, dir: "ltr", target: "_blank", rel: "noopener noreferrer" }, text);
}
