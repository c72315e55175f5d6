/** The place below the conversation for a survey, and for the thanks. Its form is loaded when there is one. */

import { el } from "./dom.js";
import { WORDS } from "./words.js";

export class Afterwards {
  #chat;
  #leave;
  #came;
  #grew;
  #said;
  #shown = null;
  #form = null;
  #thankedAt = null; // how much had been said
  node = el("div", { class: "afterwards", hidden: true });

  /** `came(form)` says that there is one, `grew()` that it unfolds; `said(text)` has the thanks heard; `left()` gives
   * the focus a new place. */
  constructor(chat, { came, grew, said, left }) {
    this.#chat = chat;
    this.#came = came;
    this.#grew = grew;
    this.#said = said;
    this.#leave = left;
  }

  render({ survey, entries }) {
    const id = survey?.id ?? null;
    if (this.#thankedAt !== null && entries.length > this.#thankedAt) this.#clear(); // it went on
    if (id === this.#shown) return;
    this.#shown = id;
    if (survey) this.#ask(survey);
    else if (this.#form) this.#clear();
  }

  async #ask(survey) {
    const { Survey } = await import("./later/survey.js");
    if (this.#shown !== survey.id) return; // over before the form was there
    this.#form = new Survey(survey, (answers, end) => this.#answered(answers, end));
    this.node.replaceChildren(this.#form.node);
    this.node.hidden = false;
    this.#came(this.#form.node);
  }

  #answered(answers, end) {
    const over = end.done || end.skipped;
    if (over) this.#shown = null;
    else this.#grew();
    this.#chat.answerSurvey(answers, end);
    if (!over) return;
    const text = this.#form.unhappy ? () => WORDS.survey.sorry : () => WORDS.survey.thanks;
    this.#clear();
    if (end.done) this.#thank(text);
    this.#leave();
  }

  #thank(text) {
    this.#thankedAt = this.#chat.entries.length;
    this.node.append(el("p", { class: "thanks" }, text));
    this.node.hidden = false;
    this.#said(text());
  }

  #clear() {
    this.#form = this.#thankedAt = null;
    this.node.replaceChildren();
    this.node.hidden = true;
  }
}
