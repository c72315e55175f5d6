/** A few questions after a chat: one at first, the others once that is answered, all of them free to leave. */

import { el } from "../dom.js";
import { WORDS } from "../words.js";

const UNDERSTOOD = ["yes", "partly", "no"];
const LONGEST = 1000; // characters of a comment, which is at most 4000 bytes
let made = 0;

export class Survey {
  #answer;
  #answers;
  #rest;
  #comment;
  node;

  /** From the desk's {recommend, answers}; `answer(answers, {done, skipped})` gets all that was answered by now. */
  constructor({ recommend, answers }, answer) {
    this.#answer = answer;
    this.#answers = { ...answers };
    const id = `kh-survey-${(made += 1)}`;
    const skip = el("button", { type: "button", class: "quiet", "aria-keyshortcuts": "Escape", onclick: () => this.#skip() }, () => WORDS.survey.skip);
    const top = el("div", { class: "survey-top" }, el("h2", { id }, () => WORDS.survey.title), skip);
    this.#rest = el("div", { class: "form", hidden: !this.#begun }, ...this.#others(recommend));
    const form = el("form", { class: "form", novalidate: true, onsubmit: (event) => this.#send(event) }, top, this.#understood(), this.#rest);
    this.node = el("section", { class: "survey", "aria-labelledby": id, onkeydown: (event) => this.#key(event) }, form);
  }

  /** Say whether somebody would rather have had it otherwise. */
  get unhappy() {
    return this.#answers.understood === "no" || this.#answers.satisfaction <= 2;
  }

  get #begun() {
    return Object.keys(this.#answers).length > 0;
  }

  #understood() {
    const words = (value) => () => WORDS.survey[value];
    return this.#choice("understood", UNDERSTOOD.map((value) => [value, words(value)]));
  }

  #others(recommend) {
    const scales = [this.#scale("satisfaction", 1, 5), this.#scale("effort", 1, 5)];
    if (recommend) scales.push(this.#scale("recommend", 0, 10));
    return [...scales, this.#remark(), el("div", { class: "acts" }, el("button", { type: "submit", class: "primary" }, () => WORDS.survey.send))];
  }

  /** Numbers in a row. What the first and the last mean stands below them, and is part of their names. */
  #scale(name, low, high) {
    const ends = (which) => () => WORDS.survey.ends[name][which];
    const said = new Map([[low, ends(0)], [high, ends(1)]]);
    const numbers = Array.from({ length: high - low + 1 }, (_, step) => low + step);
    const fieldset = this.#choice(name, numbers.map((number) => [number, () => numeral(number), said.get(number)]));
    fieldset.append(el("p", { class: "ends", "aria-hidden": "true" }, el("span", {}, ends(0)), el("span", {}, ends(1))));
    return fieldset;
  }

  #choice(name, options) {
    const group = `kh-survey-${(made += 1)}`;
    const rows = options.map(([value, words, more = null]) => this.#option(group, name, value, words, more));
    return el("fieldset", { class: "choice" }, el("legend", {}, () => WORDS.survey[name]), el("div", { class: "grades", "data-long": rows.length > 6 }, ...rows));
  }

  #option(group, name, value, words, more) {
    const named = more && (() => `${words()}, ${more()}`);
    const input = el("input", { type: "radio", name: group, value, "aria-label": named, onchange: () => this.#chosen(name, value) });
    input.checked = this.#answers[name] === value;
    return el("label", { class: "grade" }, input, el("span", {}, words));
  }

  #remark() {
    const id = `kh-survey-${(made += 1)}`;
    this.#comment = el("textarea", { id, rows: 2, maxlength: LONGEST, dir: "auto", onchange: () => this.#write() });
    this.#comment.value = this.#answers.comment ?? "";
    return el("div", { class: "entry" }, el("label", { for: id }, () => WORDS.survey.comment), this.#comment);
  }

  #chosen(name, value) {
    this.#answers[name] = value;
    this.#rest.hidden = false;
    this.#tell();
  }

  #write() {
    this.#answers.comment = this.#comment.value.trim() || null;
    this.#tell();
  }

  #tell(end = {}) {
    this.#answer({ ...this.#answers }, end);
  }

  #send(event) {
    event.preventDefault();
    this.#answers.comment = this.#comment.value.trim() || null;
    this.#tell({ done: true });
  }

  #skip() {
    this.#tell({ skipped: true });
  }

  /** Anywhere in it one key is enough to be left in peace; the chat stays open. */
  #key(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.#skip();
  }
}

const numeral = (number) => new Intl.NumberFormat(document.documentElement.lang || "en").format(number);
