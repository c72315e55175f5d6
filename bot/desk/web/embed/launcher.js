/** The button in the corner, and how many messages wait behind it. */

import { cradle, el } from "./dom.js";
import { words } from "./words.js";

export class Launcher {
  #count = el("span", { class: "count", "aria-hidden": "true", hidden: "" });
  #unread = 0;

  constructor({ text, onOpen }) {
    const label = text ? [el("span", { class: "label", dir: "auto" }, text)] : [];
    const attributes = { type: "button", class: "launcher", "aria-expanded": "false", onclick: onOpen };
    this.node = el("button", attributes, cradle(), ...label, this.#count);
    this.text = text;
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
    const name = [this.text ?? open, this.#unread ? unread(this.#unread) : null];
    this.node.setAttribute("aria-label", name.filter(Boolean).join(", "));
  }
}
