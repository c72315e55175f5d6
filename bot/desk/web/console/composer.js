/** Where the agent writes: the suggestion, the text that is never lost, and one button to send it. */

import { h, say } from "./dom.js";
import { inSentence, isFree, isMine } from "./words.js";

const STILL_TYPING = 3000;

/** Make the composer; `typing` hears when the agent starts and stops. */
export function createComposer({ acts, typing }) {
  const box = h("textarea", { id: "reply", rows: "2", maxlength: "4096", "aria-describedby": "reply-hint",
    on: { input: () => { acts.draft(id, box.value); pulse(); }, keydown: keydown } });
  const label = h("label", { class: "unseen", for: "reply" });
  const send = h("button", { type: "submit", class: "primary" });
  const copy = h("button", { type: "button", on: { click: copyText } }, "Copy text");
  const hint = h("p", { class: "hint", id: "reply-hint" });
  const words = h("p", { class: "suggested-words", dir: "auto" });
  const suggestion = h("section", { class: "suggested", "aria-label": "What to say first" },
    h("h3", {}, "What to say first"), words, h("button", { type: "button", on: { click: use } }, "Use this"));
  const form = h("form", { class: "composer", on: { submit: (event) => { event.preventDefault(); submit(); } } },
    label, box, h("div", { class: "composer-foot" }, hint, copy, send));
  let id = null;
  let timer = null;

  function draw(state) {
    const { summary, brief } = state.detail;
    const text = state.drafts[summary.id] ?? "";
    const may = isMine(summary, state.agent) || isFree(summary);
    id = summary.id;
    if (box.value !== text) box.value = text;
    form.hidden = !may && !text;
    box.readOnly = !may;
    drawWords(summary, state.agent, may);
    drawSuggestion(state, brief?.suggestion, may && !text);
  }

  function drawWords(summary, agent, may) {
    const mine = isMine(summary, agent);
    say(label, may ? `Reply to ${inSentence(summary)}` : "Your unsent text");
    box.placeholder = mine ? "Write a reply" : "Write already; sending takes over";
    say(send, mine ? "Send" : "Take over and send");
    say(hint, may ? "Enter sends, Shift and Enter starts a new line" : "Not sent. Your text is kept here.");
    send.hidden = !may;
    copy.hidden = may;
  }

  function drawSuggestion(state, text, room) {
    const { messages } = state.detail;
    const answered = messages.some(({ speaker, name }) => speaker === "agent" && name === state.agent.name);
    const waits = state.outbox.some(({ conversation }) => conversation === id);
    suggestion.hidden = !(text && room && !answered && !waits);
    say(words, text ?? "");
  }

  function use() {
    acts.draft(id, words.textContent);
    queueMicrotask(() => { box.focus(); box.setSelectionRange(box.value.length, box.value.length); });
  }

  function submit() {
    const text = box.value.trim();
    if (!text || form.hidden) return;
    stopTyping();
    acts.reply(id, text);
    box.focus();
  }

  function keydown(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  }

  function pulse() {
    if (!timer) typing(id, true);
    clearTimeout(timer);
    timer = setTimeout(stopTyping, STILL_TYPING);
  }

  function stopTyping() {
    if (timer) typing(id, false);
    clearTimeout(timer);
    timer = null;
  }

  async function copyText() {
    box.select();
    await navigator.clipboard?.writeText(box.value).catch(() => {});
    say(copy, "Copied");
  }

  return { nodes: [suggestion, form], draw, focus: () => box.focus(), stopTyping };
}
