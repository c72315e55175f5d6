/** One message and what each copy answered, with the why beneath in words. */

import { h } from "../dom.js";

const TITLES = { live: "As it is live", draft: "With your changes" };

/** Make the list item; `choose` presses a button by its title. */
export function createTurn({ said, sides, turns, differences, choose }) {
  return h("li", { class: "try-turn" },
    h("p", { class: "try-said" }, h("span", { class: "unseen" }, "You said: "), said),
    sides.length > 1 && h("div", { class: differences.length ? "try-differs" : "try-same" },
      differences.length ? [h("strong", {}, "Your changes make a difference"), h("ul", {}, differences.map((one) => h("li", {}, one)))] : h("p", {}, "Your changes make no difference here.")),
    h("div", { class: "try-answers", "data-sides": sides.length }, ["live", "draft"].filter((side) => sides.includes(side)).map((side) => answer(side, turns[side], choose))));
}

function answer(side, { answers, answered, handed_over: handedOver, why }, choose) {
  return h("section", { class: "try-answer", "data-side": side, "aria-label": `Answer: ${TITLES[side]}` },
    h("h4", {}, TITLES[side]),
    answers.map((one) => h("p", { class: "try-bubble", "data-speaker": one.speaker }, one.text)),
    !answered && h("p", { class: "studio-wrong" }, "No answer came."),
    handedOver && h("p", { class: "try-person" }, "Here a person would take over. Nobody was called. Start over to go on."),
    buttons(answers.at(-1)?.buttons ?? [], choose),
    why ? inspector(why) : h("p", { class: "quiet" }, "The assistant did not come to read this."));
}

function buttons(titles, choose) {
  return titles.length > 0 && h("div", { class: "try-buttons studio-acts" }, titles.map((title) => h("button", { type: "button", on: { click: () => choose(title) } }, title)));
}

function inspector({ understood, noticed, mood, step, decided, wordings, records }) {
  const where = ({ file, line }) => file && h("code", {}, `${file}:${line}`);
  return h("details", { class: "try-why" },
    h("summary", {}, h("span", {}, "Why"), h("span", { class: "quiet" }, [understood.title, mood.label, step.words].join(" · "))),
    h("dl", {},
      row("Understood", understood.words,
        understood.nearest && h("p", {}, `Nearest example: “${understood.nearest.example}” (likeness ${understood.nearest.likeness.toFixed(2)}).`),
        understood.second && h("p", {}, `Next best: “${understood.second.title}” (${understood.second.confidence.toFixed(2)}).`)),
      noticed.length > 0 && row("Noticed", h("ul", {}, noticed.map((one) => h("li", {}, one)))),
      row("Mood", mood.words, mood.cues.length > 0 && h("ul", {}, mood.cues.map(({ quote, label }) => h("li", {}, h("q", {}, quote), ` – ${label}`)))),
      row("Decision", `${capital(step.words)}.`, h("ul", {}, step.reasons.map((one) => h("li", {}, one)))),
      row("Decided by", decided.words, where(decided)),
      wordings.length > 0 && row("Wording", h("ul", {}, wordings.map((one) => h("li", {}, one.words, " ", where(one))))),
      row("Customer records", records.length ? h("ul", {}, records.map((one) => h("li", {}, one))) : "Were not asked.")));
}

const row = (title, ...words) => [h("dt", {}, title), h("dd", {}, words)];
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
