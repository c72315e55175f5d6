/** The open chat: header, conversation, composer. Draws what the conversation is; decides nothing. */

import { Announcer } from "./announcer.js";
import { Bubbles } from "./bubbles.js";
import { Choices } from "./choices.js";
import { Composer } from "./composer.js";
import { el, mark, say } from "./dom.js";
import { Header } from "./header.js";
import { rowsOf } from "./rows.js";
import { Scroller } from "./scroller.js";
import { isPhone, isTouch } from "./viewport.js";
import { WORDS, worded } from "./words.js";

const BACK_SHOWN = 3_000;
const FLICKER = 1_500;

export class Panel {
  #chat;
  #close;
  #announcer = new Announcer();
  #bubbles;
  #choices;
  #composer;
  #header;
  #scroller;
  #banner = el("p", { class: "banner", hidden: true });
  #typing = el("p", { class: "typing", role: "status" });
  #wasDown = false;
  #bannerTimer = 0;

  constructor(chat, { name, memory, onClose }) {
    this.#chat = chat;
    this.#close = onClose;
    this.#header = new Header({ name, onPerson: () => chat.askPerson(), onLeave: () => this.#leave(), onClose });
    this.#bubbles = new Bubbles({ onRetry: (entry) => this.#retry(entry) });
    this.#choices = new Choices({ onChoose: (of, button) => this.#choose(of, button) });
    this.#composer = new Composer(
      { say: (text) => this.#say(text), typing: (on) => chat.type(on), draft: (text) => (memory.draft = text) },
      memory.draft,
    );
    this.#scroller = new Scroller(this.#bubbles.node, this.#choices.node);
    this.node = this.#frame();
    this.#listen();
  }

  #frame() {
    const bottom = el("div", { class: "bottom" }, this.#typing, this.#composer.node);
    const parts = [this.#header.node, this.#banner, this.#scroller.node, bottom, ...this.#announcer.nodes];
    const panel = { class: "panel", id: "kh-panel", role: "dialog", "aria-labelledby": "kh-title", hidden: true };
    return el("div", { ...panel, onkeydown: (event) => this.#key(event) }, ...parts);
  }

  #listen() {
    this.#chat.addEventListener("change", () => this.render());
    this.#chat.addEventListener("message", ({ detail }) => this.#heard(detail.entry));
    document.addEventListener("visibilitychange", () => this.render());
    worded(this.node, () => this.render());
    this.#chat.addEventListener("failed", ({ detail }) => this.#failed(detail.entry));
  }

  show({ focus }) {
    this.node.hidden = false;
    this.render();
    this.#composer.fit();
    this.#scroller.toEnd();
    if (focus) this.#composer.focus();
  }

  hide() {
    this.node.hidden = true;
  }

  render() {
    if (this.node.hidden) return;
    const chat = this.#chat;
    mark(this.node, "aria-modal", isPhone() ? "true" : null);
    this.#header.render(chat);
    this.#renderTalk(chat);
    this.#renderLink(chat.link);
    const { typing } = chat;
    say(this.#typing, typing ? WORDS.typing(typing.name ?? this.#assistant) : "");
    this.#scroller.settle();
    if (!document.hidden) chat.sawAll();
  }

  get #assistant() {
    return this.#chat.business?.assistant ?? WORDS.assistant;
  }

  #renderTalk({ entries, greeting, owner, last, readUpTo }) {
    const opening = greeting ? [{ key: "greeting", speaker: "bot", name: null, text: greeting.text, buttons: [] }] : [];
    const first = entries[0]?.at ?? new Date();
    const all = [...opening.map((entry) => ({ ...entry, at: first })), ...entries];
    const own = entries.findLast((entry) => entry.speaker === "visitor");
    this.#bubbles.render(rowsOf(all, { owner, assistant: this.#assistant }), own?.key, readUpTo);
    this.#choices.render(last ?? greeting);
  }

  /** A short break is not worth a word; a longer one is said, and its end too. */
  #renderLink(link) {
    if (link === "down" && !this.#wasDown) {
      this.#wasDown = true;
      this.#later(FLICKER, () => this.#chat.link === "down" && this.#showBanner(WORDS.offline));
    }
    if (link === "live" && this.#wasDown) {
      this.#wasDown = false;
      if (this.#banner.hidden) return clearTimeout(this.#bannerTimer);
      this.#showBanner(WORDS.back);
      this.#later(BACK_SHOWN, () => (this.#banner.hidden = true));
    }
  }

  #later(wait, act) {
    clearTimeout(this.#bannerTimer);
    this.#bannerTimer = setTimeout(act, wait);
  }

  #showBanner(text) {
    say(this.#banner, text);
    mark(this.#banner, "data-back", text === WORDS.back);
    this.#banner.hidden = false;
    this.#announcer.say(text);
  }

  #say(text) {
    this.#chat.say(text);
    this.#scroller.toEnd();
  }

  /** A greeting's button is something to say; a message's button is a choice the desk knows. */
  #choose(of, button) {
    if (of === this.#chat.greeting) this.#chat.say(button.text);
    else this.#chat.choose(of, button);
    this.#scroller.toEnd();
    this.#keepFocus();
  }

  /** The pressed button is gone; on a phone the field would bring up the keyboard. */
  #keepFocus() {
    if (isTouch()) this.#scroller.log.focus({ preventScroll: true });
    else this.#composer.focus();
  }

  /** The pressed button goes with the queue. */
  #leave() {
    this.#chat.leaveQueue();
    this.#keepFocus();
  }

  #retry(entry) {
    this.#chat.retry(entry);
    this.#keepFocus();
  }

  #heard({ speaker, name, text }) {
    this.#scroller.arrived();
    this.#announcer.say(speaker === "system" ? text : `${WORDS.said[speaker](name ?? this.#assistant)}: ${text}`);
  }

  #failed({ problem, text }) {
    this.#announcer.alert(`${WORDS.notSent(problem?.text)}: ${text}`);
  }

  #key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Tab" && isPhone()) this.#loop(event);
  }

  /** At full height the page behind cannot be seen, so the focus must not get lost there. */
  #loop(event) {
    const stops = [...this.node.querySelectorAll("button, a, textarea, [tabindex='0']")].filter((node) => node.checkVisibility());
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (this.node.getRootNode().activeElement !== from) return;
    event.preventDefault();
    to.focus();
  }
}
