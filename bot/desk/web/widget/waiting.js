/** While waiting for a person: where one stands, and the two other ways on. Only what the desk knows is said. */

import { el } from "./dom.js";
import { LOCALE, WORDS } from "./words.js";

export class Waiting {
  node;

  constructor({ onCallback, onLeave }) {
    const way = (text, onclick) => el("button", { type: "button", class: "quiet", onclick }, text);
    const ways = [way(() => WORDS.callback, onCallback), way(() => WORDS.leave, onLeave)];
    this.node = el("div", { class: "waiting", role: "group", "aria-label": () => WORDS.waiting, hidden: true }, ...ways);
  }

  render(owner) {
    this.node.hidden = owner.kind !== "waiting";
  }
}

/** Say how many are before and about how long it takes; "" when neither is known. */
export function standing(queue) {
  if (!queue || queue.availability === "later") return "";
  const { place, minutes } = queue;
  const before = place && (place === 1 ? WORDS.next : WORDS.before(place - 1));
  const known = [before, minutes && WORDS.wait(minutes)].filter(Boolean);
  return new Intl.ListFormat(LOCALE, { type: "unit" }).format(known);
}
