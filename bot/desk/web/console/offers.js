/** What is offered to this agent: one calm card with its reason and the time left, taken or passed on. */

import { fill, h, say } from "./dom.js";
import { offersTo } from "./lists.js";
import { moodBadge, vip } from "./shapes.js";
import { left, now } from "./time.js";
import { nameOf } from "./words.js";

/** Make the card; `take` and `pass` get the id of the conversation. */
export function createOffers({ store, take, pass }) {
  const who = h("p", { class: "offer-who" });
  const situation = h("p", { class: "offer-situation", dir: "auto" });
  const why = h("p", { class: "offer-why", dir: "auto" });
  const others = h("p", { class: "quiet" });
  const seconds = h("span", { class: "offer-left", role: "timer" });
  const bar = h("i", {});
  const button = (text, key, act, kind = "") => h("button", { type: "button", class: kind, "aria-keyshortcuts": key, on: { click: act } }, text, h("kbd", { "aria-hidden": "true" }, key));
  const node = h("section", { class: "offer", "aria-label": "Offered to you", hidden: true },
    h("div", { class: "offer-top" }, h("h2", {}, "For you"), seconds), h("div", { class: "offer-bar", "aria-hidden": "true" }, bar),
    who, situation, why,
    h("div", { class: "offer-acts" }, button("Take it", "a", accept, "primary"), button("Pass", "p", decline)), others);
  let shown = null;
  let longest = 0;
  let ticking = null;

  function draw(state, before) {
    if (before && before.conversations === state.conversations && before.passed === state.passed) return;
    const [first, ...more] = offersTo(state, now());
    if (first?.id !== shown?.id || first?.offered_until !== shown?.offered_until) longest = first ? left(first.offered_until) : 0;
    shown = first ?? null;
    node.hidden = !shown;
    clearInterval(ticking);
    if (!shown) return;
    fill(who, h("strong", { dir: "auto" }, nameOf(shown)), shown.customer?.vip && vip(), moodBadge(shown.mood));
    say(situation, shown.situation ?? shown.last_message?.text ?? "The brief is being written");
    say(why, shown.assignment ?? "");
    why.hidden = !shown.assignment;
    say(others, more.length ? `${more.length} more after this` : "");
    others.hidden = !more.length;
    tick();
    ticking = setInterval(tick, 1000);
  }

  function tick() {
    const rest = left(shown.offered_until);
    say(seconds, rest > 90 ? `${Math.ceil(rest / 60)} min to decide` : `${rest} s to decide`);
    bar.style.inlineSize = `${longest ? Math.min(100, (rest / longest) * 100) : 0}%`;
    if (rest <= 0) draw(store.get());
  }

  function accept() {
    if (!node.hidden && shown) take(shown.id);
  }

  function decline() {
    if (!node.hidden && shown) pass(shown.id);
  }

  return { node, draw, accept, decline, stop: () => clearInterval(ticking) };
}
