/** The open chat: header, conversation, composer. Draws what the conversation is; decides nothing. */

import { Afterwards } from "./afterwards.js";
import { Announcer } from "./announcer.js";
import { Attachments } from "./attachments.js";
import { Banner } from "./banner.js";
import { Beforehand } from "./beforehand.js";
import { Bubbles } from "./bubbles.js";
import { Choices } from "./choices.js";
import { Composer } from "./composer.js";
import { el, say } from "./dom.js";
import { Header } from "./header.js";
import { More } from "./more.js";
import { rowsOf } from "./rows.js";
import { Scroller } from "./scroller.js";
import { Sound } from "./sound.js";
import { isPhone, isTouch } from "./viewport.js";
import { standing } from "./waiting.js";
import { WORDS, worded } from "./words.js";

const STOPS = "button, a[href], input, select, textarea, [tabindex='0']";
const SETTLED = 700;

export class Panel {
  #chat;
  #close;
  #announcer = new Announcer();
  #attachments;
  #banner = new Banner((text) => this.#announcer.say(text));
  #bubbles;
  #choices;
  #composer;
  #header;
  #scroller;
  #more;
  #sound;
  #bottom = el("div", { class: "bottom" });
  #before;
  #afterwards;
  #typing = el("p", { class: "typing", "aria-hidden": "true" });
  #who = el("span", { id: "kh-who", class: "unseen" });
  #rows = [];
  #standing = "";
  #focused = false;

  /** `onLanguage(tag)` changes the words; without `onClose` the chat cannot be closed, only left; `emoji` and
   * `sound` are the owner's say. */
  constructor(chat, { name, memory, emoji = true, sound = true, onClose = null, onLanguage = () => {} }) {
    this.#chat = chat;
    this.#close = onClose;
    this.#sound = sound ? new Sound(memory) : null;
    this.#attachments = new Attachments({ attach: (file) => this.#attach(file), tell: (text) => this.#banner.tell(text) });
    this.#bubbles = new Bubbles({ onRetry: (entry) => this.#retry(entry), files: chat.files });
    this.#choices = new Choices({ onChoose: (of, button) => this.#choose(of, button) });
    this.#composer = new Composer(
      { say: (text) => this.#say(text), typing: (on) => chat.type(on), draft: (text) => (memory.draft = text) },
      memory.draft,
      { tools: [this.#attachments.button], emoji },
    );
    this.#afterwards = new Afterwards(chat, {
      came: (form) => this.#surveyCame(form),
      grew: () => this.#scroller.hold(),
      said: (text) => this.#announcer.say(text),
      left: () => this.#keepFocus(),
    });
    this.#before = new Beforehand(chat, { came: (form) => this.#asked(form), answered: () => this.#answered() });
    this.#scroller = new Scroller(this.#bubbles.node, this.#choices.node, this.#before.node, this.#afterwards.node);
    this.node = el("main", { class: "panel", id: "kh-panel", "aria-labelledby": "kh-title", hidden: true, onkeydown: (event) => this.#key(event) });
    this.#more = new More({ chat, sound: this.#sound, place: this.node, tell: (text) => this.#banner.tell(text), onLanguage });
    this.#header = new Header({
      name,
      items: () => this.#more.items(),
      onPerson: () => chat.askPerson(),
      onCallback: () => this.#more.show("callback"),
      onLeave: () => this.#leave(),
      onClose,
    });
    this.#scroller.node.prepend(this.#banner.node);
    this.#bottom.append(this.#typing, this.#composer.node, this.#who);
    this.node.append(this.#header.node, this.#scroller.node, this.#bottom, this.#announcer.node);
    this.#attachments.takeFrom(this.node);
    this.#listen();
  }

  #listen() {
    const on = (event, act) => this.#chat.addEventListener(event, ({ detail }) => act(detail));
    on("change", () => this.render());
    on("message", ({ entry }) => this.#heard(entry));
    on("failed", ({ entry }) => this.#failed(entry));
    on("owner", ({ owner }) => this.#turned(owner));
    on("erased", () => this.#erased());
    document.addEventListener("visibilitychange", () => this.render());
    worded(this.node, () => this.render());
  }

  show({ focus }) {
    this.node.hidden = false;
    this.#focused = focus;
    this.render();
    this.#composer.fit();
    this.#scroller.toEnd();
    if (focus && this.#composer.node.checkVisibility()) this.#composer.focus();
  }

  hide() {
    this.node.hidden = true;
  }

  /** Offer the conversation that a letter's link leads to; `closed()` once that is settled, either way. */
  arrive(code, closed) {
    this.#more.show("arrive", { code, closed });
  }

  /** Forget what was written and not sent: the next one at this screen may be somebody else. */
  forget() {
    this.#composer.clear();
  }

  render() {
    if (this.node.hidden) return;
    const chat = this.#chat;
    this.#header.render(chat);
    this.#before.render(chat);
    this.#bottom.hidden = this.#before.asks;
    this.#renderTalk(chat);
    this.#banner.render(chat.link);
    this.#attachments.render(chat.files.offer);
    this.#renderTyping(chat.typing);
    this.#renderStanding(chat.queue);
    this.#afterwards.render(chat);
    say(this.#who, { agent: WORDS.personHere, waiting: WORDS.waiting }[chat.owner.kind] ?? WORDS.isBot);
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
    this.#rows = rowsOf(all, { owner, assistant: this.#assistant });
    this.#bubbles.render(this.#rows, own?.key, readUpTo);
    this.#choices.render(this.#before.asks ? null : last ?? greeting);
  }

  #renderTyping(typing) {
    const text = typing ? WORDS.typing(typing.name ?? this.#assistant) : "";
    if (text && text !== this.#typing.textContent) this.#announcer.say(text);
    say(this.#typing, text);
  }

  /** Where one stands in the queue is on the screen all the time, and said when it changes. */
  #renderStanding(queue) {
    const stands = standing(queue);
    if (stands && stands !== this.#standing) this.#announcer.say(WORDS.waitingWith(stands));
    this.#standing = stands;
  }

  /** The form begins at its beginning; who has opened the chat and done nothing since writes into it at once. */
  #asked(form) {
    this.#scroller.reveal(form.node);
    if (this.#focused && document.activeElement === document.body) form.focus();
  }

  #answered() {
    this.render();
    this.#scroller.toEnd();
    this.#composer.focus();
  }

  #surveyCame(form) {
    this.#scroller.reveal(form);
    this.#announcer.say(WORDS.survey.came);
  }

  #erased() {
    this.forget();
    this.#banner.tell(WORDS.erased);
  }

  #say(text) {
    this.#chat.say(text);
    this.#scroller.toEnd();
  }

  #attach(file) {
    this.#chat.attach(file);
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
    if (speaker !== "system") this.#sound?.play();
  }

  #failed({ problem, text }) {
    this.#announcer.say(`${WORDS.notSent(problem?.text)}: ${text}`);
  }

  /** Somebody joined: the desk mostly says so itself, and only a line of ours has to be said by us. */
  #turned({ kind, name }) {
    if (kind !== "agent" || !name) return;
    setTimeout(() => this.#rows.some(({ key }) => key === "turn-now") && this.#announcer.say(WORDS.joined(name)), SETTLED);
  }

  #key(event) {
    if (event.key === "Escape" && this.#close) {
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Tab" && isPhone()) this.#loop(event);
  }

  /** At full height the page behind cannot be seen, so the focus must not get lost there. */
  #loop(event) {
    const stops = [...this.node.querySelectorAll(STOPS)].filter((node) => node.tabIndex >= 0 && node.checkVisibility());
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (document.activeElement !== from) return;
    event.preventDefault();
    to.focus();
  }
}
