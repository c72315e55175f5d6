/** The one voice for screen readers: says new things once, never the history. */

import { el } from "./dom.js";

const CLEARED_AFTER = 10_000;

export class Announcer {
  node = el("div", { class: "unseen", "aria-live": "polite", "aria-relevant": "additions" });

  /** A line of its own for each, so that two quick messages are both heard. */
  say(text) {
    const line = el("p", {}, text);
    this.node.append(line);
    setTimeout(() => line.remove(), CLEARED_AFTER);
  }
}
