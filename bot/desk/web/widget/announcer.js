/** The one voice for screen readers: says new things once, never the history. */

import { el } from "./dom.js";

const CLEARED_AFTER = 10_000;

export class Announcer {
  #polite = el("div", { class: "unseen", "aria-live": "polite" });
  #alert = el("div", { class: "unseen", role: "alert" });

  get nodes() {
    return [this.#polite, this.#alert];
  }

  say(text) {
    this.#add(this.#polite, text);
  }

  alert(text) {
    this.#add(this.#alert, text);
  }

  /** A line of its own for each, so that two quick messages are both heard. */
  #add(region, text) {
    const line = el("p", {}, text);
    region.append(line);
    setTimeout(() => line.remove(), CLEARED_AFTER);
  }
}
