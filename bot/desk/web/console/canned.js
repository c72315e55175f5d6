/** Prepared answers: `/` in the text opens a list that is narrowed by typing and steered by arrows. */

import { fill, h } from "./dom.js";
import { filled } from "./placeholders.js";

const MOST = 8;
const TYPED = /(^|\s)\/([a-z0-9-]*)$/i;

/** Find the command before the caret: what was typed after `/`, and where it starts. */
export function command(text, caret) {
  const found = TYPED.exec(text.slice(0, caret));
  return found && { typed: found[2].toLowerCase(), start: found.index + found[1].length, end: caret };
}

/** Give the replies that fit: those whose code begins so first, then those that mention it. */
export function fitting(replies, typed) {
  const rank = ({ code, title, text }) => (code.toLowerCase().startsWith(typed) ? 0
    : `${code} ${title}`.toLowerCase().includes(typed) ? 1 : text.toLowerCase().includes(typed) ? 2 : 3);
  return replies.map((reply) => [rank(reply), reply]).filter(([place]) => place < 3)
    .sort(([one, a], [other, b]) => one - other || a.code.localeCompare(b.code)).slice(0, MOST).map(([, reply]) => reply);
}

/** Make the list for `box`. `replies` gives them, `values` what is known, `put` takes the new text and caret. */
export function createCanned({ box, replies, values, put, tell }) {
  const list = h("ul", { id: "canned", class: "canned-list", role: "listbox", "aria-label": "Canned replies" });
  const empty = h("p", { class: "quiet canned-none" });
  const node = h("div", { class: "canned", hidden: true }, list, empty);
  let shown = [];
  let at = 0;
  let found = null;
  let dismissed = "";

  function look() {
    found = document.activeElement === box ? command(box.value, box.selectionStart) : null;
    if (!found || dismissed === box.value) { close(); return; }
    shown = fitting(replies(), found.typed);
    at = 0;
    node.hidden = false;
    empty.hidden = shown.length > 0;
    empty.textContent = replies().length ? `No canned reply fits “/${found.typed}”. Esc closes this list.` : "There are no canned replies yet. Write some under your name, Canned replies.";
    fill(list, shown.map(option));
    list.hidden = !shown.length;
    mark();
    tell(shown.length ? `${shown.length} canned ${shown.length === 1 ? "reply" : "replies"}. Arrows choose, Enter puts it in.` : empty.textContent);
  }

  function option({ code, title, text }, index) {
    return h("li", { role: "option", id: `canned-${index}`, "aria-selected": "false",
      on: { pointerdown: (event) => { event.preventDefault(); choose(index); } } },
    h("span", { class: "canned-top" }, h("kbd", {}, `/${code}`), h("strong", { dir: "auto" }, title)),
    h("span", { class: "canned-text", dir: "auto" }, filled(text, values())));
  }

  function mark() {
    [...list.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    if (shown.length) box.setAttribute("aria-activedescendant", `canned-${at}`);
    else box.removeAttribute("aria-activedescendant");
  }

  function close() {
    if (node.hidden) return;
    node.hidden = true;
    shown = [];
    box.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const text = filled(shown[index].text, values());
    const { start, end } = found;
    const value = box.value.slice(0, start) + text + box.value.slice(end);
    close();
    put(value, start, start + text.length);
  }

  /** Take a key when the list is open; true when it was for the list. */
  function key(event) {
    if (node.hidden) return false;
    if (event.key === "Escape") { dismissed = box.value; close(); event.stopPropagation(); return true; }
    if (!shown.length) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") at = (at + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % shown.length;
    else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); choose(at); return true; }
    else return false;
    event.preventDefault();
    mark();
    return true;
  }

  return { node, look, key, close };
}
