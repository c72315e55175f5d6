/** What the menu holds, and the forms behind it, which are loaded when first asked for. */

import { LANGUAGES, LOCALE, WORDS } from "./words.js";

export class More {
  #chat;
  #sound;
  #around;
  #tell;

  /** `sound` is null where the owner wants none; `place` is where a form is put; `tell(sentence)` says how it went; `onLanguage(tag)` changes the language. */
  constructor({ chat, sound, place, tell, onLanguage }) {
    this.#chat = chat;
    this.#sound = sound;
    this.#tell = tell;
    this.#around = { chat, place, onLanguage, done: tell };
  }

  /** The entries as they stand now: nothing is offered that cannot be done. */
  items() {
    const { entries, owner, copies, mayContinue } = this.#chat;
    const [said, open] = [entries.length > 0, owner.kind !== "closed"];
    return [
      ...(this.#sound ? [this.#soundItem()] : []),
      { text: WORDS.language, value: languageName(), act: () => this.show("language") },
      ...(said ? [null, { text: WORDS.download, act: () => this.#download() }] : []),
      ...(said && copies ? [{ text: WORDS.copyTitle, act: () => this.show("copy") }] : []),
      ...(said && mayContinue ? [{ text: WORDS.elsewhere, act: () => this.show("elsewhere") }] : []),
      ...(said ? [null] : []),
      ...(said && open ? [{ text: WORDS.end, act: () => this.show("end") }] : []),
      ...(said ? [{ text: WORDS.erase, grave: true, act: () => this.show("erase") }] : []),
    ];
  }

  #soundItem() {
    const { on } = this.#sound;
    return { text: WORDS.sound, checked: on, value: on ? WORDS.on : WORDS.off, act: () => this.#sound.toggle() };
  }

  /** Show one of the forms by its name in later/forms.js; `more` is what only this one needs. */
  async show(form, more = {}) {
    const forms = await this.#loaded(() => import("./later/forms.js"));
    forms?.[form]({ ...this.#around, ...more });
  }

  async #download() {
    const file = await this.#loaded(() => import("./later/download.js"));
    file?.download(this.#chat);
  }

  /** Without a connection there is no form, and that is said. */
  async #loaded(load) {
    try {
      return await load();
    } catch {
      return this.#tell(WORDS.didNotWork);
    }
  }
}

function languageName() {
  const tag = LANGUAGES.find((language) => LOCALE.startsWith(language));
  return new Intl.DisplayNames(LOCALE, { type: "language" }).of(tag);
}
