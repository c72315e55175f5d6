/** How the same answer sounds to somebody calm, uneasy and upset. */

import { fill, h } from "../dom.js";

const TONES = [
  ["plain", "Plain", "To customers who are calm, and to everybody where there is no other wording"],
  ["warm", "Warm", "As soon as somebody is a little uneasy"],
  ["careful", "Careful", "To somebody upset, sad or in trouble"],
];

/** Make the pane. */
export async function createPane(studio) {
  const { answers } = await studio.call("GET", "settings/sentences/tones");
  if (!answers.length) return { node: h("p", { class: "studio-empty" }, "No answer has a wording for upset customers so far. Add one under Questions.") };
  const place = h("div", { class: "tones" });
  const select = h("select", { id: "tone-question", on: { change: draw } }, answers.map(({ question }, index) => h("option", { value: index }, question)));

  function draw() {
    const answer = answers[Number(select.value)];
    fill(place, TONES.map(([tone, title, when]) => h("section", { class: "studio-card", "data-tone": tone },
      h("h3", {}, title), h("p", { class: "hint" }, tone !== "plain" && answer[tone] === answer.plain ? `${when}. This answer has no wording for it, so the plain one is said.` : `${when}.`),
      h("p", { class: "tone-bubble", dir: "auto" }, answer[tone]))));
  }

  draw();
  return { node: h("div", { class: "settings-pane" },
    h("p", {}, "Each answer can be worded for how somebody feels. When the tone changes follows from the steps under “When a person comes”."),
    h("div", { class: "field" }, h("label", { for: "tone-question" }, "Somebody asks"), select), place) };
}
