/** Launcher, frame and the page's calls together. Before the chat is opened there is a launcher and no more. */

import { accentTokens } from "./colour.js";
import { Frame } from "./frame.js";
import { Launcher } from "./launcher.js";
import { OWNER, SHEET } from "./owner.js";
import { mayShow, onMove } from "./pages.js";
import { PANEL, recall, remember } from "./memory.js";
import { isPhone } from "./viewport.js";
import { direction, speak } from "./words.js";

const EVENTS = ["ready", "open", "close", "message", "owner", "unread", "reset", "identity"];

export class Embed {
  #settings;
  #host = document.createElement("kindhand-widget");
  #launcher;
  #frame;
  #user = null;
  #open = false;
  #api = null;
  #begun;
  #listeners = new Map(EVENTS.map((event) => [event, new Set()]));

  constructor(settings) {
    this.#settings = settings;
    this.ready = new Promise((resolve) => (this.#begun = resolve));
    this.#launcher = new Launcher({ wordings: settings.launcher, onOpen: () => this.open() });
    this.#frame = new Frame({
      desk: settings.desk,
      name: OWNER.name,
      colour: settings.colour,
      onClose: () => this.close(),
      onEvent: (event, detail) => this.#heard(event, detail),
      signed: () => (typeof this.#user === "function" ? this.#user() : this.#user),
    });
    this.setLocale(settings.language);
    this.setTheme(settings.theme);
  }

  /** Onto the page. A chat that was going on in this tab goes on; on phones behind the launcher. */
  mount(api) {
    this.#api = api;
    const root = this.#host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [sheet];
    this.#host.dataset.side = this.#settings.side;
    for (const [name, value] of Object.entries(accentTokens(this.#settings.colour) ?? {})) this.#host.style.setProperty(name, value);
    root.append(this.#launcher.node, this.#frame.node);
    document.body.append(this.#host);
    this.#launcher.unread(0);
    this.#begin();
    onMove(() => this.#moved());
    this.#begun(api);
    this.#tell("ready", {});
    this.#settings.ready?.(api);
  }

  #begin() {
    this.#moved();
    const before = recall(PANEL);
    const roomy = !isPhone() && !this.#host.hidden;
    if (this.#open) this.#show({ focus: true });
    else if (before === "open" && roomy) this.#show({ focus: false });
    else if (before) this.#frame.load();
    else if (this.#settings.open && roomy) this.#show({ focus: false });
  }

  open() {
    if (this.#api) this.#show({ focus: true });
    else this.#open = true;
  }

  close() {
    if (!this.#open) return;
    this.#open = false;
    remember(PANEL, "closed");
    this.#frame.hide();
    this.#launcher.shown = true;
    this.#launcher.focus();
    this.#tell("close", {});
  }

  toggle() {
    if (this.#open) this.close();
    else this.open();
  }

  /** Say who the visitor is: a token that the website's server signed, a function that fetches one, or null. */
  setUser(user) {
    if (user !== null && typeof user !== "string" && typeof user !== "function")
      return console.warn("Kindhand.setUser takes a signed token, a function that fetches one, or null.");
    this.#user = user;
    this.#frame.call("setUser", { kind: user === null ? "none" : typeof user, token: typeof user === "string" ? user : null });
  }

  /** Speak another language: a code such as "de" or "pt-BR", or "auto". */
  setLocale(locale) {
    const wishes = speak(typeof locale === "string" ? locale : "auto");
    Object.assign(this.#host, direction());
    this.#launcher.speak();
    this.#frame.speak(wishes);
  }

  /** "auto" follows the visitor's system; else "light" or "dark". */
  setTheme(theme) {
    if (theme === "auto") delete this.#host.dataset.theme;
    else if (theme === "light" || theme === "dark") this.#host.dataset.theme = theme;
    else return;
    this.#frame.dress(theme);
  }

  /** Forget the visitor and the conversation, as at log-out. What is kept lies with the frame, so that has to come. */
  reset() {
    this.#user = null;
    this.#frame.load();
    this.#frame.call("reset", {});
    this.#launcher.unread(0);
    this.#tell("reset", {});
  }

  /** Call `listener` on one of our events. Returns a function that stops it. */
  on(event, listener) {
    const listeners = this.#listeners.get(event);
    if (!listeners || typeof listener !== "function") {
      console.warn(`Kindhand.on takes one of ${EVENTS.join(", ")}, and a function.`);
      return () => {};
    }
    listeners.add(listener);
    if (event === "ready" && this.#api) queueMicrotask(() => listener({}));
    return () => listeners.delete(listener);
  }

  #show({ focus }) {
    this.#open = true;
    remember(PANEL, "open");
    this.#host.hidden = false;
    if (!this.#host.isConnected) document.body.append(this.#host);
    this.#launcher.shown = false;
    this.#frame.show({ focus });
    this.#launcher.unread(0);
    this.#tell("open", {});
  }

  /** The website is on another of its pages now, maybe without having been loaded again. */
  #moved() {
    this.#host.hidden = !this.#open && !mayShow(OWNER.pages, location.pathname);
    this.#frame.call("page", { address: location.origin + location.pathname });
  }

  #heard(event, detail) {
    if (event === "close") return this.close();
    if (event === "unread") this.#launcher.unread(detail.count);
    this.#tell(event, detail);
  }

  #tell(event, detail) {
    for (const listener of this.#listeners.get(event) ?? []) {
      try {
        listener(detail);
      } catch (problem) {
        console.error(problem);
      }
    }
  }
}
