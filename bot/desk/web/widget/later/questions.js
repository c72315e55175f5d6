/** What the business asks before the first message, with the consent that it needs. */

import { el, say } from "../dom.js";
import { prose } from "../prose.js";
import { WORDS } from "../words.js";
import { Entry } from "./entries.js";

const TYPES = { email: "email", phone: "tel" };

export class Questions {
  #entries;
  #consent = null;
  #wrong = el("p", { class: "wrong", id: "kh-consent-wrong", tabindex: -1, hidden: true });
  #answer;
  node;

  /** `answer({answers, consent})` takes what was filled in and is a promise; skipping answers with nothing. */
  constructor({ questions, consent }, answer) {
    this.#answer = answer;
    this.#entries = questions.map((question) => [question.key, entryFor(question)]);
    const parts = [el("h2", { id: "kh-questions" }, WORDS.questions), ...this.#entries.map(([, { node }]) => node)];
    if (consent) parts.push(this.#agreement(consent));
    parts.push(this.#wrong);
    const must = Boolean(consent) || questions.some(({ required }) => required);
    const skip = must ? null : el("button", { type: "button", class: "secondary", onclick: () => this.#send({ answers: {}, consent: false }) }, WORDS.skip);
    const acts = el("div", { class: "acts" }, skip, el("button", { type: "submit", class: "primary" }, WORDS.begin));
    const form = el("form", { class: "form", novalidate: true, onsubmit: (event) => this.#submit(event) }, ...parts, acts);
    this.node = el("section", { class: "questions", "aria-labelledby": "kh-questions" }, form);
  }

  focus() {
    (this.#entries[0]?.[1].input ?? this.#consent)?.focus();
  }

  #agreement({ text, link }) {
    this.#consent = el("input", { type: "checkbox", "aria-describedby": "kh-consent-wrong" });
    const [more] = prose(link ?? "");
    if (more instanceof Element) more.textContent = WORDS.readMore;
    return el("label", { class: "option", "data-high": true }, this.#consent, el("span", {}, ...prose(text), " ", more ?? ""));
  }

  #submit(event) {
    event.preventDefault();
    const bad = this.#entries.filter(([, entry]) => !entry.check());
    const unagreed = this.#consent && !this.#consent.checked;
    this.#say(unagreed ? WORDS.agree : "");
    if (bad.length) return bad[0][1].input.focus();
    if (unagreed) return this.#consent.focus();
    const given = this.#entries.map(([key, { value }]) => [key, value]).filter(([, value]) => value);
    this.#send({ answers: Object.fromEntries(given), consent: Boolean(this.#consent) });
  }

  async #send(answers) {
    try {
      await this.#answer(answers);
    } catch (problem) {
      this.#say(problem.message || WORDS.didNotWork);
      this.#wrong.focus();
    }
  }

  #say(text) {
    say(this.#wrong, text);
    this.#wrong.hidden = !text;
  }
}

function entryFor({ label, kind, required, options }) {
  const choices = kind === "choice" ? (options ?? []).map((option) => [option, option]) : null;
  return new Entry({ label, type: TYPES[kind], required, options: choices, maxlength: choices ? null : 500 });
}
