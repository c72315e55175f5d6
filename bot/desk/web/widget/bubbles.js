/** The list of rows on the screen, patched in place: what stays keeps its node, selection and focus. */

import { drawn } from "./card.js";
import { el, mark, say } from "./dom.js";
import { prose } from "./prose.js";
import { WORDS, worded } from "./words.js";

export class Bubbles {
  #rows = new Map();
  #on;
  node = el("ol", { class: "rows", role: "list" });

  /** `files` has passes(), cancel(entry) and addresses, for what is shown of a file. */
  constructor({ onRetry, files }) {
    this.#on = { retry: onRetry, files };
  }

  render(rows, lastOwnKey, readUpTo) {
    const keys = new Set(rows.map((row) => row.key));
    for (const [key, line] of this.#rows) {
      if (keys.has(key)) continue;
      line.node.remove();
      this.#rows.delete(key);
    }
    const stands = (row) => row.key === lastOwnKey && (row.entry?.seq <= readUpTo ? WORDS.read : WORDS.sent);
    rows.forEach((row, i) => this.#place(this.#line(row), i, row, stands(row)));
  }

  #line(row) {
    const known = this.#rows.get(row.key);
    if (known?.kind === row.kind) return known;
    known?.node.remove();
    const line = row.kind === "bubble" ? new Bubble(row, this.#on) : new Line(row);
    this.#rows.set(row.key, line);
    return line;
  }

  #place(line, index, row, stands) {
    if (this.node.children[index] !== line.node) this.node.insertBefore(line.node, this.node.children[index] ?? null);
    line.render(row, stands);
  }
}

/** A day, a divider or a note. */
class Line {
  #shown = null;
  #text = el("span", { dir: "auto" });

  constructor({ kind }) {
    this.kind = kind;
    this.node = el("li", { class: kind }, this.#text);
  }

  render({ text }) {
    if (text === this.#shown) return;
    this.#shown = text;
    this.#text.replaceChildren(...prose(text));
  }
}

class Bubble {
  kind = "bubble";
  #shown = null;
  #name = el("span", { class: "name", dir: "auto" });
  #time = el("time");
  #said = el("span", { class: "unseen" });
  #text = el("span", { class: "text", dir: "auto" });
  #card = el("div", { class: "beside", hidden: true });
  #files;
  #file = null;
  #delivery;

  constructor({ entry }, { retry, files }) {
    this.#files = files;
    const head = el("div", { class: "head", "aria-hidden": "true" }, this.#name, this.#time);
    const bubble = el("div", { class: "bubble" }, this.#said, this.#text);
    this.#delivery = new Delivery(retry);
    this.node = el("li", { class: "said", "data-speaker": entry.speaker }, head, bubble, this.#card, this.#delivery.node);
    worded(this.#card, () => this.#draw(entry.card));
  }

  render({ entry, said, who, time, first, last }, stands) {
    mark(this.node, "data-first", first);
    mark(this.node, "data-last", last);
    say(this.#name, who);
    say(this.#time, time);
    this.#time.dateTime = entry.at.toISOString();
    say(this.#said, `${said}, ${time}: `);
    this.#write(entry.text);
    if (entry.attachment) this.#show(entry, who);
    this.#delivery.render(entry, stands);
  }

  /** Again when the language changes: a card is all words and numbers. */
  #draw(card) {
    const node = drawn(card);
    this.#card.replaceChildren(...(node ? [node] : []));
    this.#card.hidden = !node;
  }

  #write(text) {
    if (text === this.#shown) return;
    this.#shown = text;
    this.#text.replaceChildren(...prose(text));
  }

  /** What is shown of files is loaded with the first one; until then its name stands there. */
  async #show(entry, who) {
    this.#file ??= import("./later/files.js").then(({ FileView }) => {
      const view = new FileView(this.#files);
      this.#text.replaceWith(view.node);
      return view;
    });
    try {
      (await this.#file).render(entry, who);
    } catch {
      this.#file = null; // there was no line; tried again when something changes
    }
  }
}

/** How far one's own message has come, in words. */
class Delivery {
  #words = el("span");
  #again;
  #entry = null;

  constructor(retry) {
    this.#again = el("button", { type: "button", class: "again", onclick: () => retry(this.#entry) }, () => WORDS.tryAgain);
    this.node = el("p", { class: "delivery" }, this.#words, this.#again);
  }

  render(entry, stands) {
    this.#entry = entry;
    const failed = entry.state === "failed";
    const sent = stands || "";
    const words = { sending: WORDS.sending, failed: WORDS.notSent(entry.problem?.text), sent }[entry.state] ?? "";
    say(this.#words, words);
    this.#again.hidden = !failed;
    this.node.hidden = !words;
    mark(this.node, "data-failed", failed);
  }
}
