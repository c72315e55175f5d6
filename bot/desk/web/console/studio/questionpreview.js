/** How an answer looks in the chat: the real one in a frame, for a calm, an uneasy and an upset customer. */

import { h, say } from "../dom.js";
import { TONES } from "./questiontones.js";

/** Make the preview. `pick(tone, number)` says which wording the owner wants to see. */
export function createPreview({ pick }) {
  const frame = h("iframe", { class: "q-frame", src: "/studio/preview", title: "The answer in the chat" });
  const name = `q-mood-${Math.random().toString(36).slice(2, 8)}`;
  const moods = TONES.map(({ tone, customer }) => h("label", {}, h("input", { type: "radio", name, value: tone, on: { change: () => pick(tone, 0) } }), h("span", {}, customer)));
  const which = h("p", { class: "hint" });
  const step = (by, text) => h("button", { type: "button", class: "q-x", "aria-label": text, on: { click: () => pick(now.tone, (now.number + by + now.of) % now.of) } }, by < 0 ? "‹" : "›");
  const steps = h("div", { class: "q-steps" }, step(-1, "Wording before"), which, step(1, "Next wording"));
  const node = h("div", { class: "q-preview" },
    h("fieldset", { class: "q-moods" }, h("legend", {}, "The customer is"), moods), frame, steps);
  let now = { tone: "plain", number: 0, of: 1 };
  let shown = null;
  let here = false;

  // Only once the page in the frame listens; it may load anew, and then has to be told again.
  function hear({ source, origin, data }) {
    if (origin !== location.origin || source !== frame.contentWindow || data?.preview !== "here") return;
    here = true;
    send();
  }

  function send() {
    if (here && shown) frame.contentWindow?.postMessage({ show: shown }, location.origin);
  }

  /** Show `answer` to `question`; `of` is how many wordings this tone has, `instead` that a calm one stands in. */
  function show({ chat, tone, number, of, instead, question, answer }) {
    now = { tone, number, of: Math.max(1, of) };
    shown = { chat, question, answer };
    for (const label of moods) label.firstChild.checked = label.firstChild.value === tone;
    const { customer } = TONES.find((one) => one.tone === tone);
    say(which, !answer.text ? "Nothing is answered yet." : instead ? `No wording for ${customer} customers yet: they hear the calm one.` : of > 1 ? `Wording ${number + 1} of ${of}` : "The only wording");
    for (const button of steps.querySelectorAll("button")) button.hidden = instead || of < 2;
    send();
  }

  window.addEventListener("message", hear);
  return { node, show, close: () => window.removeEventListener("message", hear) };
}
