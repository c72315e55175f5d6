/** What else can be done, behind three dots: arrows, Home, End and first letters move, Escape leads back. */

import { el, mark } from "./dom.js";
import { dots } from "./icons.js";
import { WORDS } from "./words.js";

export class Menu {
  #items;
  #button;
  #list = el("div", { class: "menu", id: "kh-menu", role: "menu", "aria-label": () => WORDS.menu, hidden: true });

  /** `items()` lists {text, value?, checked?, grave?, act}; null draws a line between two. */
  constructor(items) {
    this.#items = items;
    const props = { "aria-label": () => WORDS.menu, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "kh-menu" };
    this.#button = el("button", { type: "button", class: "plain", ...props, onclick: () => this.#toggle(), onkeydown: (event) => this.#opener(event) }, dots());
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("pointerdown", ({ target }) => this.#left(target));
    document.addEventListener("focusin", ({ target }) => this.#left(target));
    window.addEventListener("blur", () => this.#close());
  }

  get nodes() {
    return [this.#button, this.#list];
  }

  #toggle() {
    if (this.#list.hidden) this.#open(0);
    else this.#close();
  }

  #opener(event) {
    const to = { ArrowDown: 0, ArrowUp: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#open(to);
  }

  #open(to) {
    this.#list.replaceChildren(...this.#items().map((item) => (item ? this.#entry(item) : el("hr"))));
    this.#list.hidden = false;
    mark(this.#button, "aria-expanded", "true");
    this.#stops.at(to)?.focus();
  }

  #close() {
    this.#list.hidden = true;
    mark(this.#button, "aria-expanded", "false");
  }

  #left(target) {
    if (!this.#list.contains(target) && !this.#button.contains(target)) this.#close();
  }

  #entry({ text, value = null, checked, grave = false, act }) {
    const kind = checked === undefined ? { role: "menuitem" } : { role: "menuitemcheckbox", "aria-checked": String(checked) };
    const props = { type: "button", tabindex: -1, "data-grave": grave, onclick: () => this.#chosen(act), ...kind };
    return el("button", props, el("span", {}, text), value && el("span", { class: "value" }, value));
  }

  /** The focus goes back first, so that a sheet that opens now returns it there. */
  #chosen(act) {
    this.#button.focus();
    this.#close();
    act();
  }

  get #stops() {
    return [...this.#list.querySelectorAll("button")];
  }

  #key(event) {
    const stops = this.#stops;
    const at = stops.indexOf(event.target.closest("button"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key] ?? this.#lettered(event, stops, at);
    if (event.key === "Tab") return this.#close();
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#button.focus();
      return this.#close();
    }
    if (to === undefined) return;
    event.preventDefault();
    stops.at(to % stops.length).focus();
  }

  /** The next entry that begins with the letter. */
  #lettered({ key, ctrlKey, metaKey, altKey }, stops, at) {
    if ([...key].length !== 1 || key === " " || ctrlKey || metaKey || altKey) return undefined;
    const begins = (stop) => stop.textContent.toLocaleLowerCase().startsWith(key.toLocaleLowerCase());
    const found = stops.findIndex((stop, index) => index > at && begins(stop));
    const wrapped = found < 0 ? stops.findIndex(begins) : found;
    return wrapped < 0 ? undefined : wrapped;
  }
}
