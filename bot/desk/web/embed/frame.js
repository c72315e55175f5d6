/** The box with the chat: a frame of the desk's own origin, so that no script of the page can look into it. */

import { cross, el } from "./dom.js";
import { Link } from "./link.js";
import { followKeyboard, isPhone } from "./viewport.js";
import { words } from "./words.js";

const PATIENCE = 20_000;
/** Once something is loaded: the chat says at once that it is there, what a browser shows in its place never does. */
const SILENCE = 8_000;

export class Frame {
  #desk;
  #colour;
  #on;
  #iframe = null;
  #link = null;
  #wishes = [];
  #theme = "auto";
  #user = null;
  #page = null;
  #forget = false;
  #shown = false;
  #here = false;
  #timer = 0;
  #status = el("p", { role: "status" });
  #again = el("button", { type: "button", class: "again", hidden: "", onclick: () => this.#reload() });
  #close;
  #waiting;

  constructor({ desk, name, colour, onClose, onEvent, signed }) {
    this.#desk = desk;
    this.#colour = colour;
    this.#on = { close: onClose, event: onEvent, signed };
    this.#close = el("button", { type: "button", class: "close", onclick: onClose }, cross());
    const head = el("div", { class: "head" }, el("span", { class: "name", dir: "auto" }, name), this.#close);
    this.#waiting = el("div", { class: "waiting" }, head, el("div", { class: "news" }, this.#status, this.#again));
    this.node = el("div", { class: "box", hidden: "", onkeydown: (event) => event.key === "Escape" && onClose() }, this.#waiting);
    followKeyboard(this.node, () => this.#shape());
    window.addEventListener("online", () => this.#iframe && !this.#here && this.#reload());
  }

  /** Have the chat come, seen or unseen. */
  load() {
    if (this.#iframe) return;
    this.#iframe = el("iframe", { title: words().frame, allow: "", referrerpolicy: "strict-origin-when-cross-origin" });
    this.#iframe.addEventListener("load", () => this.#arrived());
    this.#iframe.src = this.#address();
    this.#expect();
    this.node.append(this.#iframe);
  }

  show({ focus }) {
    this.#shown = true;
    this.node.hidden = false;
    this.#shape();
    this.load();
    if (focus) (this.#here ? this.#iframe : this.#close).focus({ preventScroll: true });
    this.call("open", { focus });
  }

  hide() {
    this.#shown = false;
    this.node.hidden = true;
    this.call("close", {});
  }

  /** Tell the chat something, now or when it has come. */
  call(name, given) {
    if (name === "setUser") this.#user = given;
    if (name === "page") this.#page = given;
    if (name === "reset") [this.#user, this.#forget] = [null, !this.#here];
    if (this.#here) this.#link.call(name, given);
  }

  speak(wishes) {
    this.#wishes = wishes;
    const { close, again, loading, frame } = words();
    this.#close.setAttribute("aria-label", close);
    this.#again.textContent = again;
    this.#status.textContent = loading;
    this.#iframe?.setAttribute("title", frame);
    this.call("setLocale", { wishes });
  }

  dress(theme) {
    this.#theme = theme;
    this.call("theme", { theme });
  }

  #address() {
    const look = { lang: this.#wishes.join(","), theme: this.#theme, colour: this.#colour ?? "" };
    return `${this.#desk}/chat?${new URLSearchParams(look)}`;
  }

  /** Something is loaded: hand it the one end of a channel. To anybody but the desk the browser gives nothing. */
  #arrived() {
    this.#link?.close();
    this.#here = false;
    this.#link = new Link({ onEvent: (event, detail) => this.#heard(event, detail), signed: this.#on.signed });
    this.#link.greet(this.#iframe.contentWindow, this.#desk);
    this.#giveUpIn(SILENCE);
  }

  #heard(event, detail) {
    if (event === "here") this.#brief();
    else this.#on.event(event, detail);
  }

  /** The chat is ready to hear: tell it all that it missed, first of all who is there. */
  #brief() {
    this.#here = true;
    clearTimeout(this.#timer);
    const focus = this.#waiting.contains(this.node.getRootNode().activeElement);
    if (focus) this.#iframe.focus({ preventScroll: true });
    this.#waiting.hidden = true;
    this.#shape();
    this.call("theme", { theme: this.#theme });
    this.call("setLocale", { wishes: this.#wishes });
    if (this.#page) this.call("page", this.#page);
    if (this.#forget) this.#link.call("reset", {});
    if (this.#user) this.call("setUser", this.#user);
    if (this.#shown) this.call("open", { focus });
    else if (!this.#forget) this.call("start", {});
    this.#forget = false;
  }

  #expect() {
    this.#status.textContent = words().loading;
    this.#again.hidden = true;
    this.#giveUpIn(PATIENCE);
  }

  #giveUpIn(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#status.textContent = words().failed;
      this.#again.hidden = false;
      console.warn(`Kindhand: the chat at ${this.#desk} did not come. Is ${location.origin} in KINDHAND_ALLOWED_ORIGINS?`);
    }, ms);
  }

  #reload() {
    this.#expect();
    this.#iframe.src = this.#address();
  }

  /** On a phone the chat covers the page, and is then a dialog of its own. */
  #shape() {
    const full = isPhone();
    const dialog = { role: "dialog", "aria-modal": "true", "aria-label": words().frame };
    for (const [name, value] of Object.entries(dialog)) {
      if (full) this.node.setAttribute(name, value);
      else this.node.removeAttribute(name);
    }
    this.call("shape", { full });
  }
}
