/** The button in the corner, and how many messages wait behind it. */

import { cradle, el } from "./dom.js";
import { worded, words } from "./words.js";

export class Launcher {
  #count = el("span", { class: "count", "aria-hidden": "true", hidden: "" });
  #label = el("span", { class: "label", dir: "auto" });
  #wordings;
  #unread = 0;

  /** `wordings` are what can be read on it, by language; there need not be any. */
  constructor({ wordings, onOpen }) {
    this.#wordings = wordings;
    const attributes = { type: "button", class: "launcher", "aria-expanded": "false", onclick: onOpen };
    this.node = el("button", attributes, cradle(), this.#label, this.#count);
  }

  set shown(shown) {
    this.node.hidden = !shown;
    this.node.setAttribute("aria-expanded", String(!shown));
  }

  focus() {
    this.node.focus({ preventScroll: true });
  }

  unread(count) {
    this.#unread = count;
    this.#count.textContent = count > 9 ? "9+" : String(count);
    this.#count.hidden = count === 0;
    this.speak();
  }

  /** Say what it is in the present language. What can be read on it is part of its name. */
  speak() {
    const { open, unread } = words();
    const label = worded(this.#wordings);
    this.#label.textContent = label ?? "";
    this.#label.hidden = !label;
    const name = [label ?? open, this.#unread ? unread(this.#unread) : null];
    this.node.setAttribute("aria-label", name.filter(Boolean).join(", "));
  }
}
