/** What Kindhand answers: the wordings for calm, uneasy and upset customers, each with its facts and buttons. */

import { fill, h, say } from "../dom.js";
import { moodSign } from "../shapes.js";
import { createAnswerButtons } from "./questionbuttons.js";
import { createFacts, gapsOf, named } from "./questionfacts.js";
import { prose } from "./questiontext.js";
import { TONES } from "./questiontones.js";

/** Make the wordings. `look()` gives `{ facts, slots }`; `seen(tone, number)` is called for the one being written in. */
export function createWordings({ look, questions, tell, changed, seen }) {
  const parts = TONES.map(tonePart);
  const node = h("section", { class: "studio-card q-says", "aria-labelledby": "q-says" },
    h("div", { class: "studio-head" }, h("h3", { id: "q-says" }, "What Kindhand answers")), parts.map((part) => part.node));

  function tonePart({ tone, title, when, customer }) {
    const list = h("ol", { class: "q-wordings" });
    const none = h("p", { class: "q-none quiet" });
    const add = h("button", { type: "button", on: { click: () => { const one = wording(part, { text: "", buttons: [] }); list.append(one.node); draw(); changed(); one.focus(); } } });
    const part = { tone, list, customer, title,
      node: h("div", { class: "q-tone", "data-mood": customer },
        h("h4", {}, moodSign(customer), title), h("p", { class: "hint" }, when), none, list, h("div", { class: "studio-acts" }, add)) };
    part.draw = () => {
      const number = list.querySelectorAll(":scope > .q-wording").length;
      say(none, number ? "" : tone === "plain" ? "No answer yet." : `None yet: ${customer} customers hear the plain one.`);
      none.hidden = number > 0;
      say(add, number ? "Add another wording" : tone === "plain" ? "Write the answer" : "Add a wording");
      [...list.children].forEach((one, index) => one.count?.(index, number));
    };
    return part;
  }

  /** Make one wording of a tone. */
  function wording(part, { text, buttons, number = null }) {
    const box = prose({}, text);
    const facts = createFacts({ box, facts: () => look().facts, tell });
    const told = h("div", { class: "q-told" });
    const offered = createAnswerButtons({ buttons, questions, changed });
    const remove = h("button", { type: "button", class: "q-quiet", on: { click: () => take(part, item, box) } }, "Delete");
    const item = h("li", { class: "q-wording" }, h("div", { class: "q-box" }, box, facts.list), told, offered.node, h("div", { class: "q-acts" }, facts.button, offered.add, remove));
    item.read = () => ({ tone: part.tone, text: box.value.trim(), buttons: offered.read(), number });
    item.count = (index, of) => {
      box.setAttribute("aria-label", of > 1 ? `${part.title}, wording ${index + 1} of ${of}` : part.title);
      remove.setAttribute("aria-label", `Delete wording ${index + 1}: ${part.title}`);
    };
    item.tellFacts = () => fill(told, gapsOf(box.value, look()).map(gap));
    item.addEventListener("focusin", () => seen(part.tone, place(part, item)));
    box.addEventListener("input", () => { item.tellFacts(); seen(part.tone, place(part, item)); changed(); });
    item.tellFacts();
    return { node: item, focus: () => box.focus() };
  }

  function gap({ name, value }) {
    if (value !== null) return h("p", { class: "hint" }, h("strong", {}, named(name)), `: ${value}`);
    return h("p", { class: "studio-wrong" }, `Nothing fills in {${name}}. Choose a fact from the list, or write the words.`);
  }

  const place = (part, item) => [...part.list.querySelectorAll(":scope > .q-wording")].indexOf(item);

  /** Take a wording out; where it stood, it can be put back. */
  function take(part, item, box) {
    const back = h("button", { type: "button", class: "link", on: { click: () => { gone.replaceWith(item); draw(); changed(); box.focus(); } } }, "Put it back");
    const gone = h("li", { class: "q-gone" }, h("span", { class: "quiet", dir: "auto" }, `Deleted: “${short(box.value)}”`), back);
    item.replaceWith(gone);
    draw();
    changed();
    back.focus();
    tell("Deleted. It can be put back until you save.");
  }

  function draw() {
    for (const part of parts) part.draw();
  }

  /** Give the wordings that say something: `[{ tone, text, buttons, number }]`; `number` is its place in the file, null for a new one. */
  const read = () => parts.flatMap((part) => [...part.list.children].map((item) => item.read?.())).filter((one) => one?.text);

  function show(wordings) {
    for (const part of parts) fill(part.list, wordings.filter(({ tone }) => tone === part.tone).map((one) => wording(part, one).node));
    if (!parts[0].list.firstChild) parts[0].list.append(wording(parts[0], { text: "", buttons: [] }).node);
    draw();
  }

  /** The facts are known now. */
  function tellFacts() {
    for (const item of node.querySelectorAll(".q-wording")) item.tellFacts();
  }

  return { node, read, show, tellFacts };
}

/** Begin a text, for where all of it would be too much. */
export const short = (text) => (text.length > 60 ? `${text.slice(0, 60).trim()}…` : text);
