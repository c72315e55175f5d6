/** One click that says whether the machine was right, about calling a person or about the mood. */

import { h } from "./dom.js";

const QUESTIONS = {
  escalation: ["Was it right to call a person?", { right: "Right", not_needed: "Not needed", too_late: "Too late", wrong_person: "Wrong person" }],
  mood: ["Was the mood read right?", { right: "Right", too_high: "Reads too high", too_low: "Reads too low" }],
};

/** Draw one question; `judge` gets what was said, such as `{ mood: "too_high" }`. */
export function verdictNode(kind, handoff, judge) {
  if (!handoff) return null;
  const [asked, answers] = QUESTIONS[kind];
  const said = handoff.verdict?.[kind];
  return h("div", { class: "verdict", role: "group", "aria-label": asked },
    h("p", { class: "verdict-asked" }, said ? "Thank you. You said:" : asked),
    h("div", { class: "verdict-answers" }, Object.entries(answers).map(([value, text]) =>
      h("button", { type: "button", "aria-pressed": String(said === value), "data-verdict": `${kind}-${value}`, on: { click: () => judge({ [kind]: value }) } }, text))));
}
