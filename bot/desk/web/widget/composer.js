/** Where the visitor writes: grows to five lines, Enter sends, the limit is named before it is hit. */

import { el, mark, say } from "./dom.js";
import { arrowUp, face } from "./icons.js";
import { isTouch } from "./viewport.js";
import { WORDS } from "./words.js";

const LIMIT = 4096;
const WARN_FROM = 3600;
const TYPING_AGAIN = 3_000;
const TYPING_OVER = 4_000;

const bytesOf = (text) => new TextEncoder().encode(text).length;

export class Composer {
  #on;
  #input = el("textarea", { id: "kh-input", rows: 1, dir: "auto", autocomplete: "off", "aria-describedby": "kh-room kh-who" });
  #room = el("p", { class: "room", id: "kh-room" });
  #send = el("button", { type: "submit", class: "send", "aria-label": () => WORDS.send }, arrowUp());
  #faces = el("button", { type: "button", class: "plain", "aria-label": () => WORDS.emoji, "aria-expanded": "false", onclick: () => this.#toggleEmoji() }, face());
  #emoji = null;
  #typingSince = 0;
  #typingTimer = 0;

  /** `on` has say(text), typing(on) and draft(text); `tools` are further buttons beside the words; `emoji` are offered or not. */
  constructor(on, draft, { tools = [], emoji = true } = {}) {
    this.#on = on;
    const label = el("label", { for: "kh-input" }, () => WORDS.input);
    const words = el("div", { class: "words" }, el("div", { class: "label" }, label, this.#room), this.#input);
    const field = el("div", { class: "field" }, words, el("div", { class: "tools" }, ...tools, this.#faces));
    this.node = el("form", { class: "composer", onsubmit: (event) => this.#submit(event) }, field, this.#send);
    this.#input.addEventListener("input", () => this.#written());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.value = draft;
    this.#faces.hidden = !emoji || isTouch(); // a keyboard on the glass has its own
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  /** Forget what was written and not sent. */
  clear() {
    this.#input.value = "";
    this.#stopTyping();
    this.#on.draft("");
    this.fit();
  }

  /** Measure again: needed once the field is on the screen. */
  fit() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
    this.#limit();
  }

  get #text() {
    return this.#input.value.trim();
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#text;
    if (!text || bytesOf(text) > LIMIT) return;
    this.clear();
    this.#on.say(text);
    this.focus();
  }

  #written() {
    this.fit();
    this.#on.draft(this.#input.value);
    clearTimeout(this.#typingTimer);
    if (!this.#text) return this.#stopTyping();
    this.#typingTimer = setTimeout(() => this.#stopTyping(), TYPING_OVER);
    if (Date.now() - this.#typingSince < TYPING_AGAIN) return;
    this.#typingSince = Date.now();
    this.#on.typing(true);
  }

  #stopTyping() {
    clearTimeout(this.#typingTimer);
    if (this.#typingSince) this.#on.typing(false);
    this.#typingSince = 0;
  }

  /** The faces are loaded when first wanted; without a connection the button does nothing. */
  async #toggleEmoji() {
    if (this.#emoji?.node.isConnected) return this.#closeEmoji();
    this.#emoji ??= await this.#loadEmoji();
    this.#faces.after(this.#emoji.node);
    mark(this.#faces, "aria-expanded", "true");
    this.#emoji.focus();
  }

  async #loadEmoji() {
    const { Emoji } = await import("./later/emoji.js");
    return new Emoji({ pick: (sign) => this.#insert(sign), leave: () => this.#closeEmoji(), button: this.#faces });
  }

  /** The focus leaves first: what goes with the focus in it would ask to be closed once more. */
  #closeEmoji() {
    const { node } = this.#emoji;
    if (node.contains(document.activeElement)) this.#faces.focus();
    node.remove();
    mark(this.#faces, "aria-expanded", "false");
  }

  #insert(sign) {
    this.#closeEmoji();
    this.focus();
    this.#input.setRangeText(sign, this.#input.selectionStart, this.#input.selectionEnd, "end");
    this.#written();
  }

  /** The limit is in bytes; what we say is in letters like the ones already written. */
  #limit() {
    const bytes = bytesOf(this.#text);
    const letters = (amount) => Math.max(1, Math.round((amount * this.#text.length) / bytes));
    const over = bytes > LIMIT;
    if (over) say(this.#room, WORDS.tooLong(letters(bytes - LIMIT)));
    else say(this.#room, bytes >= WARN_FROM ? WORDS.room(bytes === LIMIT ? 0 : letters(LIMIT - bytes)) : "");
    mark(this.#room, "data-over", over);
    mark(this.#input, "aria-invalid", over ? "true" : null);
    mark(this.#send, "aria-disabled", over || !bytes ? "true" : null);
  }
}
