/** Answers after which people got upset, and what agents said of hand-overs. */

import { h } from "../dom.js";
import { createActs, createMove, mood, whence } from "./askedacts.js";

const ESCALATION = { too_late: "A person was called too late", not_needed: "No person was needed", wrong_person: "The wrong person was called" };
const MOOD = { too_high: "The mood was read too high", too_low: "The mood was read too low" };

/** Draw a question after whose answer people got upset. */
export function createCase(one, studio) {
  const { intent, title, editable, asked, size, messages, rest } = one;
  const items = [...messages.map(({ conversation, seq }) => ({ conversation, item: String(seq) })), ...rest];
  const move = createMove(studio, one, { about: "upset", name: title, items, node: () => node });
  const look = editable && h("a", { class: "button", href: `#/studio/questions/${encodeURIComponent(intent)}` }, "Look at the answer");
  const node = h("article", { class: "studio-card asked-card" },
    h("h3", { dir: "auto" }, title),
    h("p", { class: "quiet" }, size === 1 ? `Asked ${times(asked)}. ${asked === 1 ? "The" : "One"} customer was more upset after the answer.` : `Asked ${times(asked)}. After ${size} of the answers the customer was more upset.`),
    h("ul", { class: "asked-messages" }, messages.map((message) => h("li", {}, h("p", { dir: "auto" }, message.text),
      h("p", { class: "asked-about" }, mood(message.before), h("span", { class: "quiet" }, message.before === message.after ? "then more so" : "then"), message.before !== message.after && mood(message.after), whence(message.at, message.conversation))))),
    rest.length > 0 && h("p", { class: "quiet" }, `And ${rest.length} more.`),
    createActs(look, [move]));
  return node;
}

/** Draw what an agent found wrong with a hand-over. */
export function createOpinion(one, studio) {
  const { handoff, conversation, agent, at, escalation, mood: read, reasons, notes, feeling } = one;
  const said = [ESCALATION[escalation], MOOD[read]].filter(Boolean).join(". ");
  const items = [{ conversation, item: handoff }];
  const move = createMove(studio, one, { about: "verdict", name: `${said} (${agent})`, items, node: () => node });
  const node = h("article", { class: "studio-card asked-card" },
    h("h3", {}, said),
    h("p", { class: "asked-about" }, h("span", {}, agent), feeling && h("span", { class: "quiet" }, "The customer, at worst:"), mood(feeling), whence(at, conversation)),
    reasons.length > 0 && h("p", { class: "quiet" }, `A person was called because: ${reasons.join(", ")}.`),
    notes.map((note) => h("blockquote", { dir: "auto" }, note)),
    createActs(h("a", { class: "button", href: "#/studio/settings" }, "When a person is called"), [move]));
  return node;
}

const times = (number) => (number === 1 ? "once" : `${number.toLocaleString("en")} times`);
