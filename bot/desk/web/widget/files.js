/** The files of a conversation: those on their way to the desk, and the right to see those that are there. */

export class Files {
  #credentials;
  #transcript;
  #on;
  #uploads = null;
  #live = false;

  /** What may be sent: {bytes, kinds}; null: nothing. */
  offer = null;

  /** `on` has changed() and failed(cmid, problem). */
  constructor({ credentials, transcript, on }) {
    this.#credentials = credentials;
    this.#transcript = transcript;
    this.#on = on;
  }

  /** Say who asks: {token, identity}; without a conversation yet, null. */
  passes = async () => (this.#live ? this.#credentials.hello() : null);

  /** Send a file: shown at once, under an id by which it can only arrive once. */
  async add(cmid, file) {
    const { name, type: kind, size } = file;
    const local = kind.startsWith("image/") ? URL.createObjectURL(file) : null;
    const entry = this.#transcript.pend({ op: "attach", cmid }, name);
    Object.assign(entry, { attachment: { id: null, name, kind, size, local }, progress: 0 });
    this.#on.changed();
    try {
      (await this.#loaded()).add(cmid, file);
    } catch {
      // Without a line there is nothing to send it with; it is asked for again with the next try.
      entry.file = file;
      this.#on.failed(cmid, null);
    }
  }

  retry({ cmid, file, frame, text }) {
    this.#transcript.pend(frame, text);
    if (file) this.#loaded().then((uploads) => uploads.add(cmid, file), () => this.#on.failed(cmid, null));
    else this.#uploads?.retry(cmid);
    this.#on.changed();
  }

  /** Stop one that is on its way, or take away one that did not arrive. */
  cancel = ({ cmid }) => {
    this.#uploads?.cancel(cmid);
    this.#transcript.drop(cmid);
    this.#on.changed();
  };

  /** The line is back: what broke with it goes on by itself. */
  live(offer) {
    this.offer = offer ?? null;
    this.#live = true;
    for (const cmid of this.#uploads?.resume() ?? []) this.#transcript.pend({ op: "attach", cmid });
  }

  /** The conversation is another one. */
  clear() {
    this.#live = false;
    this.#uploads?.clear();
  }

  async #loaded() {
    const { Uploads } = await import("./later/uploads.js");
    return (this.#uploads ??= new Uploads({ passes: this.passes, on: {
      progress: (cmid, progress) => this.#update(cmid, { progress }),
      sent: (cmid, seq) => this.#arrived(cmid, seq),
      failed: (cmid, problem) => this.#on.failed(cmid, problem),
    } }));
  }

  #arrived(cmid, seq) {
    const entry = this.#transcript.byCmid(cmid);
    if (entry && !entry.seq) this.#transcript.ack({ cmid, seq, at: entry.at });
    this.#on.changed();
  }

  #update(cmid, facts) {
    const entry = this.#transcript.byCmid(cmid);
    if (entry) Object.assign(entry, facts);
    this.#on.changed();
  }
}
