/** The round button in the corner, and how many messages wait behind it. */

import { el, mark, say } from "./dom.js";
import { cradle } from "./icons.js";
import { WORDS } from "./words.js";

export class Launcher {
  #count = el("span", { class: "count", "aria-hidden": "true", hidden: true });
  #button;

  constructor({ onOpen }) {
    const props = { type: "button", class: "launcher", "aria-expanded": "false", onclick: onOpen };
    this.#button = el("button", props, cradle(), this.#count);
    this.node = this.#button;
    this.unread(0);
  }

  set shown(shown) {
    this.#button.hidden = !shown;
    mark(this.#button, "aria-expanded", String(!shown));
  }

  focus() {
    this.#button.focus({ preventScroll: true });
  }

  unread(count) {
    say(this.#count, count > 9 ? "9+" : String(count));
    this.#count.hidden = count === 0;
    mark(this.#button, "aria-label", count ? `${WORDS.launcher}, ${WORDS.unread(count)}` : WORDS.launcher);
  }
}
