/** Quick replies: real buttons under the last message, gone once one is taken. */

import { el } from "./dom.js";
import { WORDS } from "./words.js";

export class Choices {
  #shown = null;
  #choose;
  node = el("div", { class: "choices", role: "group", "aria-label": () => WORDS.choices, hidden: true });

  constructor({ onChoose }) {
    this.#choose = onChoose;
  }

  /** `of` is the message or greeting that the buttons belong to, or null. */
  render(of) {
    const wanted = of?.buttons?.length ? of : null;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.node.replaceChildren(...(wanted?.buttons ?? []).map((button) => this.#button(button)));
    this.node.hidden = !wanted;
  }

  #button(button) {
    return el("button", { type: "button", dir: "auto", onclick: () => this.#choose(this.#shown, button) }, button.title);
  }
}
