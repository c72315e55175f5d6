/** The middle column: one conversation, who has it, what was said, and what the agent may do. */

import { createComposer } from "./composer.js";
import { fill, h, say } from "./dom.js";
import { createHead } from "./head.js";
import { createLog } from "./log.js";
import { route } from "./route.js";
import { ahead, moment } from "./time.js";
import { inSentence, isFree, isMine, nameOf, outcomeWords } from "./words.js";

/** Make the column. */
export function createTalk({ store, acts, dialogs, typing, go, tell }) {
  const entry = (cmid) => store.get().outbox.find((one) => one.cmid === cmid);
  const log = createLog({ retry: (cmid) => acts.deliver(entry(cmid)), takeBack: acts.takeBack });
  const composer = createComposer({ store, acts, typing, tell });
  const head = createHead({ store, acts, dialogs, go });
  const situation = h("p", { dir: "auto" });
  const strip = h("div", { class: "strip" }, situation,
    h("button", { type: "button", on: { click: () => go(route(store.get().view, store.get().openId, true)) } }, "Brief and customer"));
  const notice = h("p", { class: "notice", hidden: true });
  const typingLine = h("p", { class: "typing" });
  const standing = h("p", { class: "standing" });
  const inside = h("div", { class: "talk-inside" }, head.node, strip, log.node,
    h("div", { class: "talk-foot" }, typingLine, notice, standing, composer.nodes));
  const outside = h("div", { class: "talk-empty" });
  const node = h("main", { class: "talk", "aria-label": "Conversation" }, inside, outside);

  function draw(state, before) {
    const { detail } = state;
    inside.hidden = !detail?.summary;
    outside.hidden = Boolean(detail?.summary);
    if (detail?.erased && before?.detail !== detail) clear();
    if (detail?.summary) drawInside(state, before);
    else if (!before || ["detail", "openId", "counts", "notice"].some((key) => before[key] !== state[key])) drawOutside(state);
  }

  function clear() {
    for (const part of [head, log, composer]) part.clear();
    for (const part of [situation, standing, typingLine]) say(part, "");
  }

  function drawInside(state, before) {
    const { detail, outbox, agent } = state;
    if (before?.detail !== detail || before?.outbox !== outbox) {
      head.draw(state);
      say(situation, detail.brief?.situation ?? detail.summary.situation ?? "");
      log.draw(detail, outbox.filter(({ conversation }) => conversation === detail.summary.id), agent);
      drawStanding(standing, detail, agent);
    }
    if (!before || ["detail", "drafts", "modes", "outbox", "canned"].some((key) => before[key] !== state[key])) composer.draw(state);
    drawNotice(notice, state.notice);
    const types = state.typing?.conversation === detail.summary.id ? state.typing : null;
    say(typingLine, types ? `${types.name || (types.speaker === "visitor" ? nameOf(detail.summary) : "The assistant")} is typing…` : "");
  }

  function drawOutside({ openId, detail, counts, notice: told }) {
    if (!openId) fill(outside, teach(counts), told && h("p", { class: "notice", "data-kind": told.kind }, told.text));
    else if (detail?.erased) fill(outside, h("h2", {}, "This conversation was erased"), h("p", {}, "The customer’s data was deleted, as they may ask at any time. Nothing of it is left here."));
    else if (detail?.failed) fill(outside, h("h2", {}, "This conversation did not load"), h("p", {}, detail.failed),
      h("button", { type: "button", on: { click: () => acts.load(openId) } }, "Try again"));
    else fill(outside, h("p", { class: "quiet" }, "Loading the conversation…"));
  }

  return { node, draw, focusReply: () => composer.startIn("reply"), focusNote: () => composer.startIn("note"), focusHead: head.focus,
    stopTyping: composer.stopTyping, show: log.show, forget: log.forget };
}

function drawStanding(node, { summary, handoff }, agent) {
  const words = standingWords(summary, handoff, agent);
  node.hidden = !words;
  say(node, words);
}

function standingWords(summary, handoff, agent) {
  const { owner } = summary;
  const who = inSentence(summary);
  if (owner.kind === "closed") {
    const how = summary.outcome ? `: ${outcomeWords(summary)}` : "";
    return `Resolved ${moment(summary.resolved_at)}${how}. If ${who} writes again, the assistant answers first.`;
  }
  if (isMine(summary, agent) || isFree(summary)) {
    const promised = handoff?.promised_at;
    return promised ? `${capital(who)} was promised an answer by ${ahead(promised)}.` : "";
  }
  return `${owner.name} is talking with ${who}. You can read along.`;
}

const capital = (text) => text.replace(/^./, (letter) => letter.toUpperCase());

function drawNotice(node, notice) {
  node.hidden = !notice;
  node.dataset.kind = notice?.kind ?? "";
  say(node, notice?.text ?? "");
}

function teach({ queue }) {
  const waiting = queue === 1 ? "One person is waiting." : `${queue} people are waiting.`;
  return [
    h("h2", {}, queue ? waiting : "All quiet"),
    h("p", {}, queue ? "Open one from the list, or press n for the most urgent. You see at a glance what happened, what was tried and what to say first."
      : "The assistant is answering. You are told as soon as somebody needs a person."),
    h("p", { class: "quiet" }, "Press ? for all keys."),
  ];
}
