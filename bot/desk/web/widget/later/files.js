/** A file in the conversation: a small picture to enlarge, or the name of a document to save. */

import { el, mark, say } from "../dom.js";
import { page } from "../icons.js";
import { LOCALE, WORDS } from "../words.js";

export class FileView {
  #passes;
  #cancel;
  #addresses;
  #entry = null;
  #shown = null;
  #drawn = true; // until the browser could not
  #picture = el("img", { class: "photo", decoding: "async", onerror: () => this.#unseen() });
  #enlarge = el("button", { type: "button", class: "enlarge", onclick: () => this.#look() }, this.#picture);
  #name = el("bdi", { class: "filename" });
  #size = el("span", { class: "filesize" });
  #save = el("button", { type: "button", class: "file", onclick: () => this.#download() }, page(), this.#name, this.#size);
  #progress = el("progress", { max: 1, value: 0, "aria-label": () => WORDS.sending });
  #stop = el("button", { type: "button", class: "again", onclick: () => this.#cancel(this.#entry) }, "");
  #sending = el("p", { class: "uploading" }, this.#progress, this.#stop);
  #trouble = el("p", { class: "trouble", role: "status", hidden: true });
  node;

  /** `passes()` gives {token, identity}; `cancel(entry)` stops one that is on its way, or takes it away;
   * `addresses` keeps what was fetched, by id and size. */
  constructor({ passes, cancel, addresses }) {
    this.#passes = passes;
    this.#addresses = addresses;
    this.#cancel = cancel;
    this.node = el("div", { class: "attached" }, this.#enlarge, this.#save, this.#sending, this.#trouble);
  }

  render(entry, whose) {
    this.#entry = entry;
    const { attachment, state, progress = 0 } = entry;
    const { name, kind, size, width, height } = attachment;
    const isPicture = kind.startsWith("image/") && this.#drawn;
    this.#enlarge.hidden = !isPicture;
    this.#save.hidden = isPicture;
    say(this.#name, name);
    say(this.#size, size ? amount(size) : "");
    mark(this.#picture, "alt", entry.speaker === "visitor" ? WORDS.yourPicture(name) : WORDS.pictureFrom(whose, name));
    mark(this.#picture, "width", width || null);
    mark(this.#picture, "height", height || null);
    mark(this.#enlarge, "disabled", !attachment.id);
    mark(this.#save, "disabled", !attachment.id);
    this.#sending.hidden = !(state === "sending" || (state === "failed" && !attachment.id));
    say(this.#stop, state === "failed" ? WORDS.removeFile : WORDS.cancel);
    this.#progress.hidden = state !== "sending";
    this.#progress.value = progress;
    if (isPicture) this.#show(attachment);
  }

  /** One's own is shown from what was chosen; others are fetched, small. */
  async #show({ id, local }) {
    const wanted = local ?? id;
    if (this.#shown === wanted) return;
    this.#shown = wanted;
    const address = local ?? (await this.#fetched(id, "?small=1"));
    if (address && this.#shown === wanted) this.#picture.src = address;
    else if (!address) this.#shown = null;
  }

  /** The browser cannot draw it: its name stands there instead. */
  #unseen() {
    this.#drawn = false;
    this.#enlarge.hidden = true;
    this.#save.hidden = false;
  }

  async #look() {
    const { attachment } = this.#entry;
    const address = await this.#fetched(attachment.id, "");
    if (!address) return;
    const large = el("img", { src: address, alt: this.#picture.alt });
    const done = el("button", { type: "button", class: "secondary", onclick: () => viewer.close() }, WORDS.closePicture);
    const save = el("button", { type: "button", class: "primary", onclick: () => this.#download() }, WORDS.saveFile);
    const viewer = el("dialog", { class: "viewer", "aria-label": attachment.name, onkeydown: (event) => event.stopPropagation(), onclose: () => viewer.remove() },
      large, el("div", { class: "acts" }, save, done));
    viewer.addEventListener("click", ({ target }) => target === viewer && viewer.close()); // beside it
    this.node.append(viewer); // with which it goes when the conversation is gone
    viewer.showModal();
    done.focus();
  }

  async #download() {
    const { id, name } = this.#entry.attachment;
    const address = await this.#fetched(id, "");
    if (address) el("a", { href: address, download: name }).click();
  }

  /** Fetch with the conversation's token: an address alone opens nothing. */
  async #fetched(id, query) {
    const key = id + query;
    try {
      if (!this.#addresses.has(key)) this.#addresses.set(key, URL.createObjectURL(await this.#blob(id, query)));
      this.#trouble.hidden = true;
      return this.#addresses.get(key);
    } catch {
      say(this.#trouble, WORDS.fileGone);
      this.#trouble.hidden = false;
      return null;
    }
  }

  async #blob(id, query) {
    const { token, identity } = await this.#passes();
    const headers = { Authorization: `Bearer ${token}`, ...(identity ? { "Kindhand-Identity": identity } : {}) };
    const answer = await fetch(`/api/visitor/attachments/${id}${query}`, { headers });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.blob();
  }
}

function amount(bytes) {
  const [value, unit] = bytes < 2 ** 20 ? [Math.max(1, bytes / 2 ** 10), "kilobyte"] : [bytes / 2 ** 20, "megabyte"];
  return new Intl.NumberFormat(LOCALE, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
