/** Fields to fill in: a label, the input, and in words what is wrong with it. */

import { el, mark, say } from "../dom.js";
import { WORDS } from "../words.js";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+?[\d\s()./-]{6,24}$/;
const WRONG = {
  email: (value) => !EMAIL.test(value) && WORDS.badEmail,
  tel: (value) => !PHONE.test(value) && WORDS.badPhone,
};
const FILLED_BY = { email: "email", tel: "tel" };
let made = 0;

/** A field for one value. `check()` says whether it can stand, and if not, why, beside it. */
export class Entry {
  #wrong;
  #required;
  #more;

  /** `options` are [value, text] of a choice; `more(value)` gives a further reason why it cannot stand, or "". */
  constructor({ label, type = "text", required = true, options = null, more = () => "", ...props }) {
    const id = `kh-entry-${(made += 1)}`;
    this.#required = required;
    this.#more = more;
    this.#wrong = el("p", { class: "wrong", id: `${id}-wrong`, hidden: true });
    const given = { id, required, "aria-describedby": `${id}-wrong`, ...props };
    this.input = options ? choice(given, options) : el("input", { type, autocomplete: FILLED_BY[type] ?? "off", dir: type === "text" ? "auto" : null, ...given });
    const name = el("label", { for: id }, label, required ? null : el("span", { class: "optional" }, ` (${WORDS.optional})`));
    this.node = el("div", { class: "entry" }, name, this.input, this.#wrong);
  }

  get value() {
    return this.input.value.trim();
  }

  check() {
    const wrong = this.#problem();
    say(this.#wrong, wrong);
    this.#wrong.hidden = !wrong;
    mark(this.input, "aria-invalid", wrong ? "true" : null);
    return !wrong;
  }

  #problem() {
    const { value } = this;
    if (!value) return this.#required && !this.node.hidden ? WORDS.fillIn : "";
    return WRONG[this.input.type]?.(value) || this.#more(value);
  }
}

function choice(props, options) {
  const empty = el("option", { value: "" }, WORDS.choose);
  return el("select", props, empty, ...options.map(([value, text]) => el("option", { value }, text)));
}

/** One of several, as rows to press; `value` is the one that holds. */
export class Options {
  #name = `kh-options-${(made += 1)}`;

  constructor({ legend, options, chosen, unseen = false, onChange = () => {} }) {
    const rows = options.map(([value, text, lang = null]) => this.#row(value, text, lang, value === chosen));
    this.node = el("fieldset", { class: "options", onchange: () => onChange(this.value) }, el("legend", { class: unseen ? "unseen" : null }, legend), ...rows);
  }

  #row(value, text, lang, checked) {
    const input = el("input", { type: "radio", name: this.#name, value });
    input.checked = checked;
    return el("label", { class: "option" }, input, el("span", { lang }, text));
  }

  get input() {
    return this.node.querySelector("input:checked");
  }

  get value() {
    return this.input?.value ?? null;
  }

  check() {
    return this.value !== null;
  }
}
