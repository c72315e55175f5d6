/** A button that opens a short list of further acts, steered by arrows and closed by Escape. */

import { fill, h } from "./dom.js";

let made = 0;

/** Make the button and its menu; `items` gives `[{ text, key?, hint?, act, off? }]` each time it opens. */
export function createMenu(label, items, { kind = "", name = null } = {}) {
  const id = `menu-${made += 1}`;
  const list = h("div", { id, class: "menu", role: "menu", popover: "auto", "aria-label": name ?? String(label),
    on: { keydown: step, toggle: ({ newState }) => toggled(newState === "open") } });
  const button = h("button", { type: "button", class: kind, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id, "aria-label": name, popovertarget: id,
    on: { keydown: (event) => { if (event.key === "ArrowDown") { event.preventDefault(); list.showPopover(); } } } }, label);
  list.addEventListener("beforetoggle", ({ newState }) => { if (newState === "open") fill(list, items().filter(Boolean).map(entry)); });

  function entry({ text, key, hint, act, off }) {
    return h("button", { type: "button", role: "menuitem", tabindex: "-1", disabled: off, "aria-keyshortcuts": key, on: { click: () => { list.hidePopover(); act(); } } },
      h("span", {}, text, hint && h("small", {}, hint)), key && h("kbd", { "aria-hidden": "true" }, key));
  }

  // Fixed to where its button is, and always inside the window.
  function toggled(open) {
    button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const { bottom, right, top } = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = list;
    const below = bottom + 4 + height <= innerHeight ? bottom + 4 : top - 4 - height;
    list.style.top = `${Math.max(8, below)}px`;
    list.style.left = `${Math.max(8, Math.min(right - width, innerWidth - width - 8))}px`;
    list.querySelector("button:not(:disabled)")?.focus();
  }

  function step(event) {
    const all = [...list.querySelectorAll("button:not(:disabled)")];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") list.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    all[to % all.length]?.focus();
  }

  return { node: h("span", { class: "menu-place" }, button, list), button, close: () => list.hidePopover() };
}
