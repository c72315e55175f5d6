/** A form that rises over the chat. The browser keeps the focus inside and gives it back where it was. */

import { el, say } from "../dom.js";
import { WORDS } from "../words.js";

/** Show it. `act()` does the thing and may give a sentence for `done`; what it throws is said on the sheet.
 * `entries` have {node, check(), input}. The first field has the focus; without one the button, or where the act is
 * grave the way back. `closed()` is called at the end, whatever came of it. */
export function showSheet({ place, title, text = null, entries = [], verb, grave = false, cancel = WORDS.cancel, act, done = () => {}, closed = () => {} }) {
  const wrong = el("p", { class: "wrong", tabindex: -1, hidden: true });
  const go = el("button", { type: "submit", class: "primary", "data-grave": grave }, verb);
  const back = el("button", { type: "button", class: "secondary", onclick: () => sheet.close() }, cancel);
  const parts = [el("h2", { id: "kh-sheet" }, title), text && el("p", { id: "kh-sheet-text" }, text), ...entries.map(({ node }) => node), wrong];
  const form = el("form", { class: "form", novalidate: true, onsubmit: submit }, ...parts, el("div", { class: "acts" }, back, go));
  const about = { "aria-labelledby": "kh-sheet", "aria-describedby": text && "kh-sheet-text" };
  const sheet = el("dialog", { class: "sheet", ...about, onkeydown: (event) => event.stopPropagation(), onclose: () => (sheet.remove(), closed()) }, form);
  sheet.addEventListener("click", ({ target }) => target === sheet && sheet.close()); // beside it, on the backdrop
  place.append(sheet);
  sheet.showModal();
  (entries[0]?.input ?? (grave ? back : go)).focus();

  async function submit(event) {
    event.preventDefault();
    const bad = entries.filter((entry) => !entry.check());
    if (bad.length) return bad[0].input.focus();
    go.disabled = true;
    try {
      const sentence = await act();
      sheet.close();
      done(sentence);
    } catch (problem) {
      say(wrong, problem.message || WORDS.didNotWork);
      wrong.hidden = false;
      wrong.focus();
    } finally {
      go.disabled = false;
    }
  }

  return sheet;
}
