/** The scrolling middle of the panel: stays at the newest line unless the visitor reads further up. */

import { el } from "./dom.js";
import { arrowDown } from "./icons.js";
import { WORDS } from "./words.js";

const NEAR = 48;

export class Scroller {
  #atEnd = true;
  #top = 0;
  #below = el("button", { type: "button", class: "below", hidden: true, onclick: () => this.toEnd() }, arrowDown(), () => WORDS.newBelow);

  constructor(...content) {
    this.log = el("div", { class: "log", role: "region", "aria-label": () => WORDS.log, tabindex: 0 }, ...content);
    this.node = el("div", { class: "middle" }, this.log, this.#below);
    this.log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const grown = new ResizeObserver(() => this.settle()); // a picture comes later than its line
    for (const part of [this.log, ...content]) grown.observe(part);
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.#top = this.log.scrollTop;
    this.#below.hidden = true;
    this.#atEnd = true;
  }

  /** At the end, have the beginning of something new in view rather than its end, where it is longer than that. */
  reveal(node) {
    if (!this.#atEnd) return;
    this.log.scrollTop += node.getBoundingClientRect().top - this.log.getBoundingClientRect().top;
    this.#atEnd = this.#nearEnd;
    this.#top = this.log.scrollTop;
  }

  /** Stay here although the content grows: it grows under the visitor's finger. */
  hold() {
    this.#atEnd = false;
  }

  /** Call after the content or the room for it changed. */
  settle() {
    if (this.#atEnd) this.toEnd();
  }

  /** Something new came: show it, or say that it is further down. */
  arrived() {
    if (!this.#atEnd) this.#below.hidden = false;
  }

  get #nearEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.log;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** The visitor leaves the end by going up; content that grows takes nobody away from it. */
  #scrolled() {
    if (this.#nearEnd) this.#atEnd = true;
    else if (this.log.scrollTop < this.#top) this.#atEnd = false;
    this.#top = this.log.scrollTop;
    if (this.#atEnd) this.#below.hidden = true;
  }
}
