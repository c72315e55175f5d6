/** The middle column: one conversation, who has it, what was said, and what the agent may do. */

import { createComposer } from "./composer.js";
import { fill, h, say } from "./dom.js";
import { createLog } from "./log.js";
import { vip } from "./queue.js";
import { route } from "./route.js";
import { icon, moodBadge } from "./shapes.js";
import { moment, since } from "./time.js";
import { inSentence, isFree, isMine, mayResolve, nameOf, ownerWords } from "./words.js";

/** Make the column. */
export function createTalk({ store, acts, dialogs, typing, go }) {
  const entry = (cmid) => store.get().outbox.find((one) => one.cmid === cmid);
  const log = createLog({ retry: (cmid) => acts.deliver(entry(cmid)), takeBack: acts.takeBack });
  const composer = createComposer({ acts, typing });
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
    if (detail?.summary) drawInside(state, before);
    else if (!before || before.detail !== detail || before.openId !== state.openId || before.counts !== state.counts) drawOutside(state);
  }

  function drawInside(state, before) {
    const { detail, outbox, agent } = state;
    if (before?.detail !== detail || before?.outbox !== outbox) {
      head.draw(state);
      say(situation, detail.brief?.situation ?? detail.summary.situation ?? "");
      log.draw(detail, outbox.filter(({ conversation }) => conversation === detail.summary.id), agent);
      drawStanding(standing, detail.summary, agent);
    }
    composer.draw(state);
    drawNotice(notice, state.notice);
    const types = state.typing?.conversation === detail.summary.id ? state.typing : null;
    say(typingLine, types ? `${types.name || "The assistant"} is typing…` : "");
  }

  function drawOutside({ openId, detail, counts }) {
    if (!openId) fill(outside, teach(counts));
    else if (detail?.failed) fill(outside, h("h2", {}, "This conversation did not load"), h("p", {}, detail.failed),
      h("button", { type: "button", on: { click: () => acts.load(openId) } }, "Try again"));
    else fill(outside, h("p", { class: "quiet" }, "Loading the conversation…"));
  }

  return { node, draw, focusReply: composer.focus, focusHead: head.focus, stopTyping: composer.stopTyping, show: log.show, forget: log.forget };
}

function createHead({ store, acts, dialogs, go }) {
  const id = () => store.get().openId;
  const name = h("h2", { tabindex: "-1", dir: "auto" });
  const line = h("p", { class: "head-line" });
  const button = (text, key, act, kind = "") => h("button", { type: "button", class: kind, "aria-keyshortcuts": key, on: { click: act } },
    text, h("kbd", { "aria-hidden": "true" }, key));
  const take = button("Take over", "t", () => acts.claim(id()), "primary");
  const back = button("Hand back", "h", dialogs.handBack);
  const done = button("Resolve", "e", dialogs.resolve);
  const list = h("button", { type: "button", class: "to-list", on: { click: () => go(route(store.get().view)) } }, icon("back"), h("span", {}, "List"));
  const node = h("header", { class: "head" }, list,
    h("div", { class: "head-who" }, h("div", { class: "head-name" }, name), line),
    h("div", { class: "head-acts" }, back, done, take));

  function draw({ detail: { summary }, agent }) {
    say(name, nameOf(summary));
    fill(line, moodBadge(summary.mood), summary.customer?.vip && vip(), h("span", { class: "head-owner" }, ownerWords(summary, agent), ...waits(summary)));
    take.hidden = !isFree(summary);
    back.hidden = !isMine(summary, agent);
    done.hidden = !mayResolve(summary, agent);
  }

  return { node, draw, focus: () => name.focus({ preventScroll: true }) };
}

function waits({ owner, waiting_since: from }) {
  return owner.kind === "waiting" && from ? [" for ", h("time", { datetime: from, "data-since": from }, since(from))] : "";
}

function drawStanding(node, summary, agent) {
  const words = standingWords(summary, agent);
  node.hidden = !words;
  say(node, words);
}

function standingWords(summary, agent) {
  const { owner } = summary;
  if (owner.kind === "closed") return `Resolved ${moment(summary.resolved_at)}. If ${inSentence(summary)} writes again, the assistant answers first.`;
  if (isFree(summary) || isMine(summary, agent)) return "";
  return `${owner.name} is talking with ${inSentence(summary)}. You can read along.`;
}

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
