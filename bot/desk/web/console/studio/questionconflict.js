/** Somebody else saved the question meanwhile: theirs beside yours, and you keep one or take pieces. */

import { choices, chosenIn } from "../dialog.js";
import { h } from "../dom.js";
import { differences, together } from "./questionmerge.js";
import { TONES } from "./questiontones.js";

const CHOICES = {
  examples: [["both", "Put together"], ["mine", "Only mine"], ["theirs", "Only theirs"]],
  tone: [["mine", "Keep mine"], ["theirs", "Take theirs"], ["both", "Keep both"]],
};

/** Show both sides; `mine()` gives mine, also as it is written on below. `done(question)` gets what was put together. */
export function createConflict({ base, mine, theirs, by, done }) {
  const parts = differences(base, mine(), theirs);
  const groups = new Map(parts.map(({ part, best }, index) => {
    const options = (CHOICES[part] ?? CHOICES.tone).map(([value, text]) => ({ value, text }));
    return [part, choices(`q-side-${index}`, `What becomes of it: ${nameOf(part)}`, options, best)];
  }));
  const node = h("section", { class: "studio-card q-conflict", "aria-labelledby": "q-conflict", tabindex: "-1" },
    h("h3", { id: "q-conflict" }, `${by} changed this question while you wrote`),
    h("p", {}, parts.length ? "Nothing is lost. Choose what becomes of each part; nothing is saved before you save." : "You both wrote the same. Nothing is lost; save when you are done."),
    parts.map((part) => drawn(part, by, groups.get(part.part))),
    h("div", { class: "studio-acts" },
      h("button", { type: "button", class: "primary", on: { click: () => done(together(base, mine(), theirs, decided())) } }, "Go on with this"),
      h("button", { type: "button", on: { click: () => all("mine") } }, "Mine everywhere"),
      h("button", { type: "button", on: { click: () => all("theirs") } }, "Theirs everywhere")));

  const decided = () => Object.fromEntries([...groups].map(([part, group]) => [part, chosenIn(group)]));

  function all(side) {
    for (const group of groups.values()) group.querySelector(`input[value="${side}"]`).checked = true;
  }

  return { node, focus: () => node.focus() };
}

const nameOf = (part) => (part === "examples" ? "How customers ask it" : TONES.find(({ tone }) => tone === part).title);

function drawn({ part, mine, theirs }, by, group) {
  const side = (title, what) => h("div", { class: "q-side" }, h("h5", {}, title), part === "examples" ? examples(what) : wordings(what));
  return h("div", { class: "q-differs" }, h("h4", {}, nameOf(part)), h("div", { class: "q-sides" }, side("Yours", mine), side(`Theirs (${by})`, theirs)), group);
}

function examples({ added, gone }) {
  const row = (word, text) => h("li", {}, h("span", { class: "tag" }, word), h("span", { dir: "auto" }, text));
  if (!added.length && !gone.length) return h("p", { class: "quiet" }, "As it was, in another order perhaps.");
  return h("ul", {}, added.map((text) => row("Added", text)), gone.map((text) => row("Deleted", text)));
}

function wordings(all) {
  if (!all.length) return h("p", { class: "quiet" }, "No wording.");
  return h("ul", {}, all.map(({ text, buttons }) => h("li", { class: "q-said" }, h("p", { dir: "auto" }, text), buttons.length > 0 && h("p", { class: "hint" }, `Buttons: ${buttons.map(({ title }) => title).join(", ")}`))));
}
