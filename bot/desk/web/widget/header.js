/** Who is there: the business, then the assistant or the person; the menu; and the way to a person, always here. */

import { el, mark, say } from "./dom.js";
import { cradle, cross, person } from "./icons.js";
import { Menu } from "./menu.js";
import { standing, Waiting } from "./waiting.js";
import { LOCALE, WORDS } from "./words.js";

export class Header {
  #title = el("bdi");
  #subtitle = el("bdi");
  #avatar = el("span", { class: "avatar", "aria-hidden": "true" }, cradle());
  #initial = el("span", { class: "avatar initial", "aria-hidden": "true", hidden: true });
  #label = el("span");
  #person;
  #waiting;

  /** `items()` are the menu's; without `onClose` there is nothing to close. */
  constructor({ name, items, onPerson, onCallback, onLeave, onClose }) {
    this.name = name;
    this.#person = el("button", { type: "button", class: "person", onclick: onPerson }, person(), this.#label);
    this.#waiting = new Waiting({ onCallback, onLeave });
    const [more, list] = new Menu(items).nodes;
    const close = onClose && el("button", { type: "button", class: "plain", "aria-label": () => WORDS.close, onclick: onClose }, cross());
    const title = el("h1", { class: "title", id: "kh-title" }, this.#title);
    const names = el("div", { class: "names" }, title, el("p", { class: "subtitle" }, this.#subtitle));
    const top = el("div", { class: "who" }, this.#avatar, this.#initial, names, el("div", { class: "buttons" }, more, list, close));
    this.node = el("header", { class: "header" }, top, this.#person, this.#waiting.node);
  }

  render({ business, owner, personAsked, queue }) {
    say(this.#title, business?.name ?? this.name ?? WORDS.nobodyYet);
    say(this.#subtitle, subtitle(owner, queue));
    say(this.#initial, owner.name?.trim().at(0) ?? "");
    this.#avatar.hidden = owner.kind === "agent";
    this.#initial.hidden = owner.kind !== "agent";
    say(this.#label, personLabel(owner, personAsked, queue));
    mark(this.#person, "aria-disabled", owner.kind === "waiting" || owner.kind === "agent" || personAsked ? "true" : null);
    this.#waiting.render(owner);
    mark(this.node, "data-owner", owner.kind);
  }
}

function subtitle({ kind, name }, queue) {
  if (kind === "agent" && name) return name;
  if (kind !== "waiting") return WORDS.assistant;
  return queue?.availability === "later" ? WORDS.later : WORDS.waiting;
}

function personLabel({ kind }, asked, queue) {
  if (kind === "agent") return WORDS.personHere;
  if (kind === "waiting") return capital(standing(queue)) || WORDS.personWaiting;
  return asked ? WORDS.personAsked : WORDS.person;
}

function capital(text) {
  return text && text[0].toLocaleUpperCase(LOCALE) + text.slice(1);
}
