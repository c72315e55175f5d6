/** A line over the conversation: the connection is gone or back, or what came of something that was asked for. */

import { el, mark, say } from "./dom.js";
import { noLine, tick } from "./icons.js";
import { WORDS } from "./words.js";

const FLICKER = 1_500;
const BACK_SHOWN = 3_000;
const TOLD = 10_000;

export class Banner {
  #text = el("span", { dir: "auto" });
  #good = tick();
  #bad = noLine();
  #announce;
  #wasDown = false;
  #timer = 0;
  node = el("p", { class: "banner", hidden: true }, this.#good, this.#bad, this.#text);

  /** `announce(text)` says it to screen readers too. */
  constructor(announce) {
    this.#announce = announce;
  }

  /** A short break is not worth a word; a longer one is said, and its end too. */
  render(link) {
    if (link === "down" && !this.#wasDown) {
      this.#wasDown = true;
      this.#later(FLICKER, () => this.#wasDown && this.#show(WORDS.offline, false));
    }
    if (link !== "live" || !this.#wasDown) return;
    this.#wasDown = false;
    clearTimeout(this.#timer);
    if (this.node.hidden) return;
    this.#show(WORDS.back, true);
    this.#later(BACK_SHOWN, () => this.#hide());
  }

  /** Say how something went, for a while. */
  tell(text) {
    if (!text) return;
    this.#show(text, true);
    this.#later(TOLD, () => this.#hide());
  }

  #hide() {
    this.node.hidden = true;
  }

  #later(wait, act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, wait);
  }

  #show(text, good) {
    say(this.#text, text);
    mark(this.node, "data-good", good);
    this.#good.toggleAttribute("hidden", !good);
    this.#bad.toggleAttribute("hidden", good);
    this.node.hidden = false;
    this.#announce(text);
  }
}
