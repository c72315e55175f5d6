/** The place for what the business asks before the first message. Its form is loaded when there is one. */

import { el } from "./dom.js";

export class Beforehand {
  #chat;
  #came;
  #answered;
  #asked = null;
  node = el("div", { class: "beforehand" });

  /** `came(form)` says that there is one now; `answered()` that it has gone. */
  constructor(chat, { came, answered }) {
    this.#chat = chat;
    this.#came = came;
    this.#answered = answered;
  }

  /** Whether something is asked: then nothing else can be said yet. */
  get asks() {
    return this.#asked !== null;
  }

  render({ prechat, entries }) {
    const asked = entries.length ? null : prechat ?? null;
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.node.replaceChildren();
    if (asked) this.#ask(asked);
  }

  async #ask(asked) {
    const { Questions } = await import("./later/questions.js");
    if (asked !== this.#asked) return; // over before the form was there
    const form = new Questions(asked, (answers) => this.#answer(answers));
    this.node.replaceChildren(form.node);
    this.#came(form);
  }

  async #answer(answers) {
    await this.#chat.answerPrechat(answers);
    this.#answered();
  }
}
