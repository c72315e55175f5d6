/** Launcher, panel and conversation together; what a page can ask of them. */

import { Conversation } from "./conversation.js";
import { Launcher } from "./launcher.js";
import { Memory } from "./memory.js";
import { Panel } from "./panel.js";
import { followKeyboard, isPhone } from "./viewport.js";

export class Widget {
  #memory = new Memory();
  #chat;
  #panel;
  #launcher;
  #settings;
  #host;
  #open = false;
  #unread = 0;
  #begun;
  #listeners = new Map();

  constructor({ desk, settings, host }) {
    this.#settings = settings;
    this.#host = host;
    this.ready = new Promise((resolve) => (this.#begun = resolve));
    const url = `${desk.replace(/^http/, "ws")}/ws/visitor`;
    const page = () => location.origin + location.pathname;
    this.#chat = new Conversation({ url, page, memory: this.#memory });
    this.#panel = new Panel(this.#chat, { name: settings.name, memory: this.#memory, onClose: () => this.close() });
    this.#launcher = new Launcher({ onOpen: () => this.open() });
    this.#listen();
  }

  get nodes() {
    return [this.#launcher.node, this.#panel.node];
  }

  /** On the page now. A chat that was going on in this tab goes on; on phones behind the launcher. */
  begin() {
    this.#begun(window.Kindhand);
    followKeyboard(this.#host, () => this.#panel.render());
    const before = this.#memory.panel;
    if (before) this.#chat.start();
    if (this.#open || (before === "open" && !isPhone())) this.#show({ focus: false });
    else if (this.#settings.open && !before && !isPhone()) this.#show({ focus: false });
  }

  open() {
    this.#show({ focus: true });
  }

  close() {
    if (!this.#open) return;
    this.#open = false;
    this.#memory.panel = "closed";
    this.#panel.hide();
    this.#launcher.shown = true;
    this.#launcher.focus();
    this.#tell("close");
  }

  toggle() {
    if (this.#open) this.close();
    else this.open();
  }

  /** Say who the visitor is: a token that the website's server signed, or a function that fetches one. */
  identify(token) {
    this.#chat.identify(token);
  }

  /** Forget the visitor, as at log-out. */
  reset() {
    this.#chat.reset();
    this.#count(0);
    this.#tell("reset");
  }

  /** Call `listener` on "open", "close", "message", "owner", "unread", "reset" or "identity".
   * Returns a function that stops it. */
  on(event, listener) {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event).add(listener);
    return () => this.#listeners.get(event).delete(listener);
  }

  #show({ focus }) {
    this.#open = true;
    this.#memory.panel = "open";
    this.#chat.start();
    this.#launcher.shown = false;
    this.#panel.show({ focus });
    this.#count(0);
    this.#tell("open");
  }

  #listen() {
    this.#chat.addEventListener("message", ({ detail: { entry } }) => this.#heard(entry));
    this.#chat.addEventListener("owner", ({ detail }) => this.#tell("owner", detail.owner));
    this.#chat.addEventListener("identity", ({ detail }) => this.#tell("identity", detail));
  }

  #heard({ speaker, name, text, at }) {
    this.#tell("message", { speaker, name, text, at });
    if (!this.#open) this.#count(this.#unread + 1);
  }

  #count(unread) {
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.#launcher.unread(unread);
    this.#tell("unread", { count: unread });
  }

  #tell(event, detail = {}) {
    for (const listener of this.#listeners.get(event) ?? []) listener(detail);
  }
}
