/** What an agent is asked before a conversation moves: hand back, resolve, transfer, snooze; and all keys. */

import { acting, choices, chosenIn, closer, frame, showDialog } from "./dialog.js";
import { h } from "./dom.js";
import { chosen } from "./kept.js";
import { showSnooze } from "./snooze.js";
import { showTranscript } from "./transcript.js";
import { showTransfer } from "./transfer.js";
import { OUTCOMES, inSentence, isClosed, isMine, mayResolve } from "./words.js";

/** Make the dialogs; `keys` is the table of keys, `setKeys` switches them on or off. */
export function createDialogs({ store, acts, keys, setKeys }) {
  const node = h("div", { class: "dialogs" });
  const current = (may) => {
    const { detail, agent } = store.get();
    return detail?.summary && may(detail.summary, agent) ? detail.summary : null;
  };
  // Refused acts say so on screen; the dialog repeats it where the eyes are.
  const done = async (act) => ((await act) ? null : store.get().notice?.text ?? "The desk could not do that just now.");
  const opens = (may, build) => () => {
    const summary = current(may);
    if (summary) showDialog(node, build({ summary, store, acts, done, unsent: unsent(store, summary) }));
  };
  const mine = (summary, agent) => isMine(summary, agent);
  return {
    node,
    // A closed one is taken away a moment later, and must not swallow the next key.
    open: () => Boolean(node.querySelector("dialog[open]")),
    handBack: opens(mine, handBack),
    resolve: opens(mayResolve, resolve),
    transfer: opens((summary, agent) => isMine(summary, agent) || (agent.role === "owner" && summary.owner.kind === "agent"), showTransfer),
    snooze: opens(mine, showSnooze),
    transcript: opens((summary, agent) => isMine(summary, agent) || isClosed(summary), showTranscript),
    keys: () => showDialog(node, keysDialog(keys(), setKeys)),
  };
}

function handBack({ summary, acts, done, unsent: warning }) {
  const note = h("textarea", { id: "note", rows: "4", maxlength: "1000", autofocus: true, "aria-describedby": "note-hint" });
  return acting("Hand back to the assistant", [
    h("p", {}, `The assistant goes on talking with ${inSentence(summary)}. Tell it what you agreed, so that it keeps to it.`),
    warning,
    h("label", { for: "note" }, "What was agreed"),
    note,
    h("p", { class: "hint", id: "note-hint" }, "For example: a new parcel leaves today, nothing to pay. You may leave it empty."),
  ], "Hand back", () => done(acts.handBack(summary.id, note.value.trim())));
}

const OUTCOME_HINTS = {
  solved: "They have what they needed",
  answered_later: "Somebody answers by e-mail or phone",
  no_reply: "They left or fell silent",
  not_ours: "Somebody else has to help",
  spam: "Nobody was asking for anything",
};

function resolve({ summary, acts, done, unsent: warning }) {
  const group = choices("outcome", "How did it end?",
    Object.entries(OUTCOMES).map(([value, text]) => ({ value, text, hint: OUTCOME_HINTS[value] })), "solved");
  return acting("Resolve this conversation?", [
    h("p", {}, `You find it again under Resolved. If ${inSentence(summary)} writes once more, the assistant answers first.`),
    warning, group,
  ], "Resolve", () => done(acts.resolve(summary.id, chosenIn(group))));
}

function unsent(store, { id }) {
  const { drafts, outbox } = store.get();
  if (outbox.some(({ conversation }) => conversation === id)) return h("p", { class: "warn" }, "One of your replies has not been sent yet.");
  return drafts[id] ? h("p", { class: "warn" }, "You have typed something that is not sent. It is kept here.") : null;
}

function keysDialog(keys, setKeys) {
  const box = h("input", { type: "checkbox", id: "single-keys", on: { change: () => setKeys(box.checked) } });
  box.checked = chosen("keys", true);
  const groups = [...new Set(keys.map(({ group }) => group))];
  const dialog = frame("Keys",
    h("div", { class: "keys-groups" }, groups.map((group) => h("section", {}, h("h3", {}, group),
      h("dl", { class: "keys" }, keys.filter((key) => key.group === group).map(({ shown, does }) =>
        h("div", {}, h("dt", {}, shown.map((key) => h("kbd", {}, key))), h("dd", {}, does))))))),
    h("p", { class: "check" }, box, h("label", { for: "single-keys" }, "Single keys work")),
    h("p", { class: "hint" }, "Switch them off when you steer by voice. They never act while you write."),
    h("div", { class: "dialog-acts" }, closer("Close")));
  dialog.classList.add("wide");
  return dialog;
}
