/** Examples from real conversations, to be taken over by one click. */

import { fill, h } from "../dom.js";
import { day } from "../time.js";

/** Make the list; it stays away where nothing is suggested. `put(texts)` adds examples. */
export function createSuggestions({ call, put, tell }) {
  const list = h("ul", { class: "q-suggested" });
  const node = h("section", { class: "studio-card", "aria-labelledby": "q-suggested", hidden: true },
    h("h3", { id: "q-suggested" }, "From real conversations"),
    h("p", { class: "hint" }, "Customers wrote this, and it seems to ask the same. Add what fits, and leave the rest."), list);

  async function load(intent) {
    const told = await call("GET", `questions/${encodeURIComponent(intent)}/suggestions`).catch(() => null);
    fill(list, (told?.messages ?? []).map(row));
    node.hidden = !list.firstChild;
  }

  function row({ text, at }) {
    const add = h("button", { type: "button", "aria-label": `Add “${text}”`, on: { click: () => take(item, text) } }, "Add");
    const item = h("li", {}, h("span", { dir: "auto" }, text), at && h("span", { class: "quiet" }, day(at)), add);
    return item;
  }

  function take(item, text) {
    const next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector("button");
    item.remove();
    node.hidden = !list.firstChild;
    put([text]);
    tell(`Added: ${text}`);
    next?.focus();
  }

  return { node, load };
}
