/** The right column: the brief on top, then how the mood went, then the customer. */

import { afterwardsNodes } from "./afterwards.js";
import { briefNodes } from "./brief.js";
import { cardNodes, prechatNodes } from "./card.js";
import { moodCourse } from "./course.js";
import { fill, h } from "./dom.js";
import { earlierNodes } from "./earlier.js";
import { route } from "./route.js";
import { icon } from "./shapes.js";
import { verdictNode } from "./verdict.js";

/** Make the column; `show` brings a message of the conversation into view. */
export function createContext({ store, acts, show, go }) {
  const title = h("h2", { class: "context-title", tabindex: "-1" }, "Brief");
  const back = h("button", { type: "button", class: "to-talk", on: { click: () => go(route(store.get().view, store.get().openId)) } }, icon("back"), "Conversation");
  const brief = h("div", { class: "brief" });
  const mood = h("div", {});
  const moodVerdict = h("div", {});
  const said = h("div", {});
  const afterwards = h("section", { class: "block", "aria-label": "What they said afterwards", hidden: true }, h("h2", {}, "What they said afterwards"), said);
  const card = h("div", { class: "card" });
  const earlier = h("div", {});
  const inside = h("div", { class: "context-inside" }, back,
    h("section", { class: "block", "aria-label": "Brief" }, title, brief),
    h("section", { class: "block", "aria-label": "Mood" }, h("h2", {}, "Mood"), mood, moodVerdict),
    afterwards,
    h("section", { class: "block", "aria-label": "Customer" }, h("h2", {}, "Customer"), card),
    h("section", { class: "block", "aria-label": "Earlier conversations" }, h("h2", {}, "Earlier conversations"), earlier));
  const empty = h("p", { class: "quiet context-empty" }, "What you need to know about a conversation stands here: what happened, what was tried, how the customer feels, and their orders.");
  const node = h("aside", { class: "context", "aria-label": "Brief and customer", tabindex: "0" }, inside, empty);

  function draw({ detail }, before) {
    const told = detail?.summary ? detail : null;
    const old = before?.detail;
    inside.hidden = !told;
    empty.hidden = Boolean(told);
    if (detail?.erased) for (const part of [brief, mood, moodVerdict, said, card, earlier]) fill(part);
    if (!told) return;
    const { summary, handoff } = told;
    const judge = (said) => acts.verdict(summary.id, said);
    const differs = (...parts) => parts.some((part) => old?.[part] !== told[part]);
    if (differs("brief", "handoff") || old?.summary?.owner.kind !== summary.owner.kind) {
      keepFocus(brief, () => fill(brief, briefNodes({ brief: told.brief, handoff, owner: summary.owner, show, verdict: verdictNode("escalation", handoff, judge) })));
    }
    if (differs("mood")) fill(mood, moodCourse(withQuotes(told), show));
    if (differs("handoff", "mood")) keepFocus(moodVerdict, () => fill(moodVerdict, told.mood?.length ? verdictNode("mood", handoff, judge) : null));
    if (differs("surveys")) {
      fill(said, afterwardsNodes(told.surveys));
      afterwards.hidden = !told.surveys?.length;
    }
    if (differs("card", "prechat") || old?.summary?.customer?.identified !== summary.customer?.identified) {
      fill(card, [cardNodes(told.card, summary, () => acts.load(summary.id)), prechatNodes(told.prechat)].flat());
    }
    if (differs("earlier")) fill(earlier, earlierNodes(told.earlier, summary.customer?.identified));
    if (old?.summary?.id !== told.summary.id) node.scrollTop = 0;
  }

  return { node, draw, focus: () => title.focus({ preventScroll: true }), seen: () => node.offsetParent !== null };
}

// What is drawn anew keeps the focus where it was, on the answer that was just given.
function keepFocus(place, draw) {
  const held = place.contains(document.activeElement) && document.activeElement.dataset.verdict;
  draw();
  if (held) place.querySelector(`[data-verdict="${held}"]`)?.focus({ preventScroll: true });
}

// A moment without a quote is shown with the words of its message, so that no mark is without a cause.
function withQuotes({ mood, messages }) {
  const texts = new Map(messages.map(({ seq, text }) => [seq, text]));
  return (mood ?? []).map((moment) => ({ ...moment, quote: moment.quote || shortened(texts.get(moment.seq) ?? "") }));
}

const shortened = (text) => (text.length > 90 ? `${text.slice(0, 88).trimEnd()}…` : text);
