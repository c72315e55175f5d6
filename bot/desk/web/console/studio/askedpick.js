/** The dialog in which an owner chooses the question that messages belong to. */

import { acting, choices, chosenIn, showDialog } from "../dialog.js";
import { fill, h } from "../dom.js";

const SHOWN = 8;

/** Ask for a question and have `take({ intent, title })` act; `texts` says what is added, such as “3 messages”. */
export async function chooseQuestion(near, { call, texts, take }) {
  const { questions } = await call("GET", "questions");
  const search = h("input", { type: "search", id: "asked-search", autocomplete: "off", on: { input: draw } });
  const found = h("div", { class: "asked-found" });
  // Escape closes the dialog; it must not leave the page too.
  const place = h("div", { on: { keydown: (event) => { if (event.key === "Escape") event.stopPropagation(); } } });

  function draw() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = questions.filter(({ intent, title }) => words.every((word) => `${title} ${intent.replaceAll("_", " ")}`.toLowerCase().includes(word)));
    const shown = fitting.slice(0, SHOWN);
    fill(found, shown.length ? choices("asked-question", "Questions", shown.map(({ intent, title }) => ({ value: intent, text: title })), null) : h("p", { class: "quiet" }, "No question has these words."),
      fitting.length > SHOWN && h("p", { class: "hint" }, `And ${fitting.length - SHOWN} more. Type a word to find them.`));
  }

  async function act() {
    const question = questions.find(({ intent }) => intent === chosenIn(found));
    if (!question) return "Choose a question first.";
    try {
      await take(question);
      return "";
    } catch (refused) {
      return refused.message;
    }
  }

  draw();
  near.append(place);
  const dialog = acting(`Add ${texts} to which question?`, [h("label", { for: search.id }, "Find a question"), search, found], "Add", act);
  dialog.addEventListener("close", () => place.remove());
  showDialog(place, dialog);
}
