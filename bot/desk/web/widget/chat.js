/** Conversation and panel together, and what the website's page may ask of them. */

import { Conversation } from "./conversation.js";
import { Panel } from "./panel.js";
import { shape } from "./viewport.js";

export class Chat {
  #host;
  #chat;
  #panel;
  #page = null;
  #open = false;
  #unread = 0;

  constructor({ settings, host, memory, onLanguage }) {
    this.#host = host;
    const url = `${location.origin.replace(/^http/, "ws")}/ws/visitor`;
    this.#chat = new Conversation({ url, page: () => this.#page, memory });
    const onClose = host.alone ? null : () => this.#leave();
    const { name, emoji, sound } = settings;
    this.#panel = new Panel(this.#chat, { name, emoji, sound, memory, onClose, onLanguage });
    this.#listen();
  }

  get node() {
    return this.#panel.node;
  }

  /** There is no page around us: the chat has the whole window. The link of a letter opens a conversation by a
   * button only, because programs that look through mail open links too. */
  alone() {
    shape(true);
    const code = new URLSearchParams(location.hash.slice(1)).get("continue");
    if (!code) return this.#show({ focus: false });
    this.#open = true;
    this.#panel.show({ focus: false });
    this.#panel.arrive(code, () => this.#chat.start());
  }

  /** The words are in another language now. */
  speak() {
    this.#chat.speak();
  }

  #show({ focus }) {
    this.#open = true;
    this.#chat.start();
    this.#panel.show({ focus });
    this.#count(0);
  }

  #hide() {
    this.#open = false;
    this.#panel.hide();
  }

  /** The visitor closes the chat: what comes from now on is unread, even before the page has hidden us. */
  #leave() {
    this.#hide();
    this.#host.tell("close");
  }

  /** A function stays with the page: it is asked for a fresh token at each new line. */
  #setUser({ kind, token }) {
    this.#chat.identify(kind === "function" ? () => this.#host.identity() : token);
  }

  #listen() {
    const on = {
      start: () => this.#chat.start(),
      open: (call) => this.#show(call),
      close: () => this.#hide(),
      shape: ({ full }) => this.#shape(full),
      page: ({ address }) => (this.#page = address),
      setUser: (user) => this.#setUser(user),
      reset: () => this.#reset(),
    };
    for (const [call, act] of Object.entries(on)) this.#host.hear(call, act);
    window.addEventListener("resize", () => this.#panel.render());
    this.#chat.addEventListener("message", ({ detail: { entry } }) => this.#heard(entry));
    this.#chat.addEventListener("owner", ({ detail }) => this.#host.tell("owner", detail.owner));
    this.#chat.addEventListener("identity", ({ detail }) => this.#host.tell("identity", detail));
  }

  #shape(full) {
    shape(full);
    this.#panel.render();
  }

  #reset() {
    this.#chat.reset();
    this.#panel.forget();
    this.#count(0);
  }

  #heard({ speaker, name, text, at }) {
    this.#host.tell("message", { speaker, name, text, at });
    if (!this.#open) this.#count(this.#unread + 1);
  }

  #count(unread) {
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.#host.tell("unread", { count: unread });
  }
}
