/** The three dialogs: hand back, resolve, all keys. */

import { fill, h } from "./dom.js";
import { chosen } from "./kept.js";
import { inSentence, isMine, mayResolve } from "./words.js";

/** Make the dialogs; `keys` is the table of keys, `setKeys` switches them on or off. */
export function createDialogs({ store, acts, keys, setKeys }) {
  const node = h("div", { class: "dialogs" });
  const current = (may) => {
    const { detail, agent } = store.get();
    return detail?.summary && may(detail.summary, agent) ? detail.summary : null;
  };
  const opens = (may, dialog) => () => current(may) && dialog(node, store, acts, current(may));
  return {
    node,
    open: () => Boolean(node.querySelector("dialog")),
    handBack: opens(isMine, showHandBack),
    resolve: opens(mayResolve, showResolve),
    keys: () => show(node, keysDialog(keys(), setKeys)),
  };
}

// A dialog lives only while it is open; the browser keeps the focus inside and gives it back.
function show(place, dialog) {
  fill(place, dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  return dialog;
}

function frame(title, ...content) {
  return h("dialog", { "aria-labelledby": "dialog-title" }, h("h2", { id: "dialog-title" }, title), content);
}

function closer(text) {
  return h("button", { type: "button", on: { click: (event) => event.target.closest("dialog").close() } }, text);
}

/** A form that acts, says what went wrong, and closes only when it worked. */
function acting(title, fields, verb, act) {
  const error = h("p", { class: "dialog-error", role: "alert" });
  const go = h("button", { type: "submit", class: "primary" }, verb);
  const form = h("form", { on: { submit: async (event) => {
    event.preventDefault();
    go.disabled = true;
    error.textContent = (await act()) ?? "";
    go.disabled = false;
    if (!error.textContent) dialog.close();
  } } }, fields, error, h("div", { class: "dialog-acts" }, closer("Cancel"), go));
  const dialog = frame(title, form);
  return dialog;
}

function showHandBack(place, store, acts, summary) {
  const who = inSentence(summary);
  const note = h("textarea", { id: "note", rows: "4", maxlength: "1000", autofocus: true, "aria-describedby": "note-hint" });
  show(place, acting("Hand back to the assistant", [
    h("p", {}, `The assistant goes on talking with ${who}. Tell it what you agreed, so that it keeps to it.`),
    unsent(store, summary),
    h("label", { for: "note" }, "What was agreed"),
    note,
    h("p", { class: "hint", id: "note-hint" }, "For example: a new parcel leaves today, nothing to pay. You may leave it empty."),
  ], "Hand back", async () => ((await acts.handBack(summary.id, note.value.trim())) ? null : store.get().notice?.text)));
}

function showResolve(place, store, acts, summary) {
  show(place, acting("Resolve this conversation?", [
    h("p", {}, `Do this when ${inSentence(summary)} has what was needed. You find the conversation again under Resolved, and a new message opens it with the assistant.`),
    unsent(store, summary),
  ], "Resolve", async () => ((await acts.resolve(summary.id)) ? null : store.get().notice?.text)));
}

function unsent(store, { id }) {
  const { drafts, outbox } = store.get();
  if (outbox.some(({ conversation }) => conversation === id)) return h("p", { class: "warn" }, "One of your replies has not been sent yet.");
  return drafts[id] ? h("p", { class: "warn" }, "You have typed something that is not sent. It is kept here.") : null;
}

function keysDialog(keys, setKeys) {
  const box = h("input", { type: "checkbox", id: "single-keys", on: { change: () => setKeys(box.checked) } });
  box.checked = chosen("keys", true);
  return frame("Keys",
    h("dl", { class: "keys" }, keys.map(({ shown, does }) =>
      h("div", {}, h("dt", {}, shown.map((key) => h("kbd", {}, key))), h("dd", {}, does)))),
    h("p", { class: "check" }, box, h("label", { for: "single-keys" }, "Single keys work")),
    h("p", { class: "hint" }, "Switch them off when you steer by voice. They never act while you write."),
    h("div", { class: "dialog-acts" }, closer("Close")));
}
