/** Text as nodes: words stay words, and only web and mail addresses become links. */

import { el } from "./dom.js";

const ADDRESS = /\b(?:https?:\/\/|mailto:)[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const SAFE = new Set(["http:", "https:", "mailto:"]);

/** Return text and anchors for `text`; nothing in it is ever read as markup. */
export function prose(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = withoutTail(found[0]);
    const link = anchor(address);
    if (!link) continue;
    nodes.push(text.slice(end, found.index), link);
    end = found.index + address.length;
  }
  return [...nodes, text.slice(end)].filter((node) => node !== "");
}

/** Drop the punctuation that belongs to the sentence, and a bracket that was not opened within the address. */
function withoutTail(address) {
  const bare = address.replace(/[.,;:!?…]+$/u, "");
  const unopened = bare.endsWith(")") && bare.split(")").length > bare.split("(").length;
  return unopened ? withoutTail(bare.slice(0, -1)) : bare;
}

function anchor(address) {
  const url = parsed(address);
  if (!url || !SAFE.has(url.protocol)) return null;
  // Its own direction: marks in the text around it must not turn an address into another one.
  return el("a", { href: url.href, dir: "ltr", target: "_blank", rel: "noopener noreferrer" }, address.replace(/^mailto:/i, ""));
}

function parsed(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
