/** Who is there: the business, then the assistant or the person; and the way to a person, always here. */

import { el, mark, say } from "./dom.js";
import { cradle, cross, person } from "./icons.js";
import { LOCALE, WORDS } from "./words.js";

export class Header {
  #title = el("h2", { class: "title", id: "kh-title" });
  #subtitle = el("p", { class: "subtitle" });
  #avatar = el("span", { class: "avatar", "aria-hidden": "true" }, cradle());
  #initial = el("span", { class: "avatar initial", "aria-hidden": "true", hidden: true });
  #label = el("span");
  #person;
  #leave;

  constructor({ name, onPerson, onLeave, onClose }) {
    this.name = name;
    this.#person = el("button", { type: "button", class: "person", onclick: onPerson }, person(), this.#label);
    const close = el("button", { type: "button", class: "plain", "aria-label": () => WORDS.close, onclick: onClose }, cross());
    const names = el("div", { class: "names" }, this.#title, this.#subtitle);
    const top = el("div", { class: "who" }, this.#avatar, this.#initial, names, close);
    this.#leave = el("button", { type: "button", class: "leave", onclick: onLeave, hidden: true }, () => WORDS.leave);
    this.node = el("header", { class: "header" }, top, this.#person, this.#leave);
  }

  render({ business, owner, personAsked, queue }) {
    say(this.#title, business?.name ?? this.name ?? WORDS.nobodyYet);
    say(this.#subtitle, this.#subtitleFor(owner, queue));
    say(this.#initial, owner.name?.trim().at(0) ?? "");
    this.#avatar.hidden = owner.kind === "agent";
    this.#initial.hidden = owner.kind !== "agent";
    say(this.#label, personLabel(owner, personAsked));
    mark(this.#person, "aria-disabled", owner.kind === "waiting" || owner.kind === "agent" || personAsked ? "true" : null);
    this.#leave.hidden = owner.kind !== "waiting";
    mark(this.node, "data-owner", owner.kind);
  }

  #subtitleFor({ kind, name }, queue) {
    if (kind === "agent" && name) return name;
    if (kind !== "waiting") return WORDS.assistant;
    return queue ? standing(queue) : WORDS.waiting;
  }
}

/** Where somebody stands in the queue; only what the desk knows is said. */
function standing({ availability, place, minutes }) {
  if (availability === "later") return WORDS.later;
  const before = place && (place === 1 ? WORDS.next : WORDS.before(place - 1));
  const known = [before, minutes && WORDS.wait(minutes)].filter(Boolean);
  if (!known.length) return WORDS.waiting;
  return WORDS.waitingWith(new Intl.ListFormat(LOCALE, { type: "unit" }).format(known));
}

function personLabel({ kind }, asked) {
  if (kind === "agent") return WORDS.personHere;
  if (kind === "waiting") return WORDS.personWaiting;
  return asked ? WORDS.personAsked : WORDS.person;
}
