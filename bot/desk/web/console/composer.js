/** Where the agent writes: a reply or a private note, text that is never lost, and one button to send it. */

import { createAttach } from "./attach.js";
import { createCanned } from "./canned.js";
import { fill, h, mark, say } from "./dom.js";
import { noteDraft } from "./outgoing.js";
import { known, missing } from "./placeholders.js";
import { icon } from "./shapes.js";
import { inSentence, isClosed, isFree, isMine } from "./words.js";

const STILL_TYPING = 3000;

/** Make the composer; `typing` hears when the agent starts and stops, `tell` speaks to who does not see it. */
export function createComposer({ store, acts, typing, tell }) {
  const box = h("textarea", { id: "reply", rows: "2", maxlength: "4096", "aria-describedby": "reply-hint", "aria-autocomplete": "list", "aria-controls": "canned",
    on: { input: typed, keydown, scroll: () => { mirror.scrollTop = box.scrollTop; }, click: () => canned.look(), blur: () => canned.close() } });
  const mirror = h("div", { class: "mirror", "aria-hidden": "true" });
  const label = h("label", { class: "unseen", for: "reply" });
  const send = h("button", { type: "submit", class: "primary" });
  const copy = h("button", { type: "button", on: { click: copyText } }, "Copy text");
  const hint = h("p", { class: "hint", id: "reply-hint" });
  const gaps = h("p", { class: "gaps", hidden: true });
  const modes = ["reply", "note"].map(modeButton);
  const words = h("p", { class: "suggested-words", dir: "auto" });
  const suggestion = h("section", { class: "suggested", "aria-label": "What to say first" },
    h("h3", {}, "What to say first"), words, h("button", { type: "button", on: { click: use } }, "Use this"));
  const canned = createCanned({ box, tell, put,
    replies: () => store.get().canned.replies,
    values: () => { const { detail, agent, canned: { facts } } = store.get(); return known({ ...detail, agent, facts }); } });
  const place = h("div", { class: "writing-place" });
  const attach = createAttach({ place, send: (file) => acts.attach(id, file), may: () => mode === "reply" && !send.hidden });
  const form = h("form", { class: "composer", on: { submit: (event) => { event.preventDefault(); submit(); } } },
    h("div", { class: "modes", role: "group", "aria-label": "What you write" }, modes.map(({ node }) => node)),
    canned.node, label, h("div", { class: "writing" }, mirror, box), gaps, h("div", { class: "composer-foot" }, hint, copy, attach.nodes, send));
  place.append(suggestion, form);
  let id = null;
  let mode = "reply";
  let timer = null;

  function modeButton(name) {
    const text = { reply: "Reply", note: "Private note" }[name];
    const node = h("button", { type: "button", class: "mode", "data-mode": name, on: { click: () => { acts.write(id, name); queueMicrotask(focus); } } }, name === "note" && icon("lock"), text);
    return { name, node };
  }

  function draw(state) {
    const { summary, brief } = state.detail;
    const may = isMine(summary, state.agent) || isFree(summary);
    id = summary.id;
    const kept = state.drafts[id];
    mode = state.modes[id] ?? (may || kept ? "reply" : "note");
    const text = (mode === "note" ? state.drafts[noteDraft(id)] : kept) ?? "";
    if (box.value !== text) { box.value = text; canned.close(); }
    mark(form, "data-mode", mode);
    for (const { name, node } of modes) mark(node, "aria-pressed", String(name === mode));
    modes[0].node.hidden = !may && !kept;
    mark(box, "readonly", mode === "reply" && !may ? "" : null);
    drawWords(summary, state.agent, may);
    drawGaps(text);
    drawSuggestion(state, brief?.suggestion, may && !text && mode === "reply");
  }

  function drawWords(summary, agent, may) {
    const mine = isMine(summary, agent);
    const note = mode === "note";
    say(label, note ? "Private note" : may ? `Reply to ${inSentence(summary)}` : "Your unsent text");
    mark(box, "placeholder", note ? "Only you and your colleagues see this" : mine ? "Write a reply; / for canned replies" : "Write already; sending takes over");
    say(send, note ? "Save note" : mine ? "Send" : "Take over and send");
    say(hint, note ? "The customer never sees a private note" : may ? "Enter sends, Shift and Enter starts a new line" : isClosed(summary) ? "Not sent. Reopen the conversation to send it." : "Not sent. Your text is kept here.");
    send.hidden = !note && !may;
    copy.hidden = note || may;
    attach.draw();
  }

  // What could not be filled in is marked in the text and named below it; until then nothing is sent.
  function drawGaps(text) {
    const open = mode === "reply" ? missing(text) : [];
    gaps.hidden = !open.length;
    mark(send, "aria-disabled", String(open.length > 0));
    if (!open.length && !mirror.firstChild) return;
    const parts = open.map(({ start, end }, index) => [text.slice(open[index - 1]?.end ?? 0, start), h("mark", {}, text.slice(start, end))]);
    fill(mirror, open.length ? [parts, text.slice(open.at(-1).end), "\n"] : null);
    fill(gaps, open.length ? ["Fill in before you send: ", open.map(({ start, end, name }) => h("button", { type: "button", class: "gap", on: { click: () => select(start, end) } }, `{${name}}`))] : null);
  }

  function drawSuggestion(state, text, room) {
    const { messages } = state.detail;
    const answered = messages.some(({ speaker, name }) => speaker === "agent" && name === state.agent.name);
    const waits = state.outbox.some(({ conversation }) => conversation === id);
    suggestion.hidden = !(text && room && !answered && !waits);
    say(words, text ?? "");
  }

  const keep = (text) => acts.draft(mode === "note" ? noteDraft(id) : id, text);

  function typed() {
    keep(box.value);
    if (mode === "reply") { pulse(); canned.look(); }
  }

  function put(text, start, end) {
    keep(text);
    const [gap] = missing(text.slice(start, end));
    queueMicrotask(() => (gap ? select(start + gap.start, start + gap.end) : select(end, end)));
    if (gap) tell(`${gap.name} is missing; write it now.`);
  }

  function select(start, end) {
    box.focus();
    box.setSelectionRange(start, end);
  }

  function use() {
    keep(words.textContent);
    queueMicrotask(() => select(box.value.length, box.value.length));
  }

  function submit() {
    const text = box.value.trim();
    if (!text || form.hidden || send.hidden) return;
    const [gap] = mode === "reply" ? missing(box.value) : [];
    if (gap) { select(gap.start, gap.end); tell(`Not sent yet: ${gap.name} is missing.`); return; }
    stopTyping();
    (mode === "note" ? acts.note : acts.reply)(id, text);
    box.focus();
  }

  function keydown(event) {
    if (mode === "reply" && canned.key(event)) return;
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

  function focus() {
    box.focus();
  }

  function startIn(name) {
    if (name === "note" || !modes[0].node.hidden) acts.write(id, name);
    queueMicrotask(focus);
  }

  // Nothing of an erased conversation stays, out of sight neither.
  function clear() {
    box.value = "";
    fill(mirror);
    say(words, "");
    say(label, "");
  }

  return { nodes: [place], draw, clear, focus, startIn, stopTyping };
}
