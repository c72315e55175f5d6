/** What the widget keeps in the visitor's browser. Nothing is written before the chat is first opened.
 *
 * For all tabs: the conversation's token, whether it belongs to somebody signed in, and the visitor's choice of
 * sound and language. For this tab: what is not yet acknowledged, and the draft. It lies with the desk's origin, out
 * of reach of the website's scripts. A browser that refuses storage gets a chat that ends with the page.
 */

const TOKEN = "kindhand.token";
const IDENTIFIED = "kindhand.identified";
const OUTBOX = "kindhand.outbox";
const DRAFT = "kindhand.draft";
const SOUND = "kindhand.sound";
const LANGUAGE = "kindhand.language";

export class Memory {
  #spare = new Map();

  get token() {
    return this.#read("localStorage", TOKEN);
  }

  set token(token) {
    this.#write("localStorage", TOKEN, token);
  }

  /** Whether the conversation belongs to somebody who was signed in. */
  get identified() {
    return this.#read("localStorage", IDENTIFIED) !== null;
  }

  set identified(identified) {
    this.#write("localStorage", IDENTIFIED, identified ? "yes" : null);
  }

  /** Frames that the desk has not acknowledged, in order. */
  get outbox() {
    try {
      const frames = JSON.parse(this.#read("sessionStorage", OUTBOX) ?? "[]");
      return Array.isArray(frames) ? frames : [];
    } catch {
      return [];
    }
  }

  set outbox(frames) {
    this.#write("sessionStorage", OUTBOX, frames.length ? JSON.stringify(frames) : null);
  }

  get draft() {
    return this.#read("sessionStorage", DRAFT) ?? "";
  }

  set draft(text) {
    this.#write("sessionStorage", DRAFT, text || null);
  }

  /** Whether new messages may be heard. Off until the visitor turns it on. */
  get sound() {
    return this.#read("localStorage", SOUND) !== null;
  }

  set sound(on) {
    this.#write("localStorage", SOUND, on ? "on" : null);
  }

  /** The language that the visitor chose, as ISO 639-1; null where they left it to us. */
  get language() {
    return this.#read("localStorage", LANGUAGE);
  }

  set language(language) {
    this.#write("localStorage", LANGUAGE, language);
  }

  /** Forget the person: for log-out on a shared computer. */
  forget() {
    this.token = null;
    this.identified = false;
    this.outbox = [];
    this.draft = "";
  }

  /** Call `changed` when another tab took or dropped a token. */
  watch(changed) {
    window.addEventListener("storage", ({ key }) => (key === TOKEN || key === null) && changed());
  }

  #read(kind, key) {
    try {
      return window[kind].getItem(key);
    } catch {
      return this.#spare.get(key) ?? null;
    }
  }

  #write(kind, key, value) {
    try {
      if (value === null) window[kind].removeItem(key);
      else if (window[kind].getItem(key) !== value) window[kind].setItem(key, value);
    } catch {
      if (value === null) this.#spare.delete(key);
      else this.#spare.set(key, value);
    }
  }
}
