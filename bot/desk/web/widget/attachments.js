/** How a file gets into the chat: by a button, dropped on it, or pasted. What can be known to be wrong is
 * said before anything is sent. */

import { el, mark } from "./dom.js";
import { clip } from "./icons.js";
import { WORDS } from "./words.js";

const HEIC = /\.hei[cf]$/i;

export class Attachments {
  #attach;
  #tell;
  #allowed = null;
  #depth = 0;
  #input = el("input", { type: "file", multiple: true, hidden: true });
  #zone = el("p", { class: "dropzone", hidden: true }, () => WORDS.dropHere);
  button = el("button", { type: "button", class: "plain", "aria-label": () => WORDS.attach, hidden: true, onclick: () => this.#input.click() }, clip());

  /** `attach(file)` sends one; `tell(sentence)` says why one is not sent. */
  constructor({ attach, tell }) {
    this.#attach = attach;
    this.#tell = tell;
  }

  /** Take what is pasted into a part of the page, and what is dropped on it. */
  takeFrom(place) {
    place.append(this.#input, this.#zone);
    this.#input.addEventListener("change", () => this.#chosen());
    place.addEventListener("paste", (event) => this.#pasted(event));
    // On the whole page: a file that is dropped beside the chat must not take its place.
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) window.addEventListener(kind, (event) => this.#dragged(event));
  }

  /** `allowed` are the desk's {bytes, kinds}, or null where no files are taken. */
  render(allowed) {
    this.#allowed = allowed;
    this.button.hidden = !allowed;
    mark(this.#input, "accept", allowed && allowed.kinds.join());
  }

  #chosen() {
    const files = [...this.#input.files];
    this.#input.value = ""; // so that the same one can be chosen again
    this.#take(files);
  }

  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || !this.#allowed || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    this.#take(files);
  }

  #dragged(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (event.type === "dragenter") this.#depth += 1;
    if (event.type === "dragleave") this.#depth -= 1;
    if (event.type === "drop") this.#depth = 0;
    this.#zone.hidden = this.#depth <= 0 || !this.#allowed;
    if (event.type === "drop" && this.#allowed) this.#take([...event.dataTransfer.files]);
  }

  #take(files) {
    for (const file of files) {
      const wrong = this.#wrong(file);
      if (wrong) this.#tell(`\u2068${file.name}\u2069: ${wrong}`);
      else this.#attach(file);
    }
  }

  /** Only a guess by its name and size: the desk looks into it. Big pictures are made smaller on the way. */
  #wrong({ name, size, type }) {
    const { bytes, kinds } = this.#allowed;
    if (!size) return WORDS.fileEmpty;
    const heic = HEIC.test(name) || /^image\/hei[cf]/.test(type);
    if (heic) return CSS.supports("font: -apple-system-body") ? "" : WORDS.fileHeic; // there it can be drawn as JPEG
    if (type && !kinds.includes(type)) return WORDS.fileKind;
    const shrinks = type.startsWith("image/") && type !== "image/gif";
    return size > bytes && !shrinks ? WORDS.fileTooBig(Math.floor(bytes / 2 ** 20)) : "";
  }
}
