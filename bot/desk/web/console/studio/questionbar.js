/** The bar that stays in sight: how things stand, and Save. */

import { h, say } from "../dom.js";

/** Make the bar. */
export function createSavebar({ save, forget, preview }) {
  const words = h("p", { class: "q-state", role: "status" });
  const go = h("button", { type: "button", class: "primary", "aria-keyshortcuts": "Control+S", title: "Ctrl S", on: { click: save } }, "Save");
  const undo = h("button", { type: "button", hidden: true, on: { click: forget } }, "Throw away");
  const look = h("button", { type: "button", class: "q-look", on: { click: preview } }, "In the chat");
  const node = h("div", { class: "q-bar" }, words, h("div", { class: "studio-acts" }, look, undo, go));
  let waits = false;

  /** Show whether something is not saved; what was said before stays until then. */
  function draw(unsaved, intent) {
    if (unsaved !== waits || !words.textContent) tell(unsaved ? "Not saved yet." : intent ? "All is saved." : "Write the question and its answer.");
    waits = unsaved;
    undo.hidden = !unsaved;
  }

  function tell(text, how = null) {
    say(words, text);
    if (how) words.dataset.how = how;
    else delete words.dataset.how;
  }

  function busy(on) {
    go.setAttribute("aria-disabled", String(on));
    say(go, on ? "Saving…" : "Save");
  }

  return { node, draw, say: tell, busy };
}
