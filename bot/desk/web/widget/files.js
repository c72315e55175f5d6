/** The files of a conversation: those on their way to the desk, and the right to see those that are there. */

export class Files {
  #credentials;
  #transcript;
  #on;
  #uploads = null;
  #loading = null;
  #unsent = new Map();
  #live = false;

  /** What may be sent: {bytes, kinds}; null: nothing. */
  offer = null;
  /** Addresses in this browser of what was chosen or fetched, by what it is; they end with the conversation. */
  addresses = new Map();

  /** `on` has changed() and failed(cmid, problem). */
  constructor({ credentials, transcript, on }) {
    this.#credentials = credentials;
    this.#transcript = transcript;
    this.#on = on;
  }

  /** Say who asks: {token, identity}; without a conversation yet, null. */
  passes = async () => (this.#live ? this.#credentials.hello() : null);

  /** Send a file: shown at once, under an id by which it can only arrive once. */
  add(cmid, file) {
    const { name, type: kind, size } = file;
    const local = kind.startsWith("image/") ? this.#address(cmid, file) : null;
    const entry = this.#transcript.pend({ op: "attach", cmid }, name);
    Object.assign(entry, { attachment: { id: null, name, kind, size, local }, progress: 0 });
    this.#on.changed();
    this.#send(cmid, file);
  }

  async #send(cmid, file) {
    try {
      (await this.#loaded()).add(cmid, file);
    } catch {
      this.#unsent.set(cmid, file); // there was no line to load with what sends it
      this.#on.failed(cmid, null);
    }
  }

  retry({ cmid, frame, text }) {
    this.#transcript.pend(frame, text);
    const file = this.#unsent.get(cmid);
    this.#unsent.delete(cmid);
    if (file) this.#send(cmid, file);
    else this.#uploads?.retry(cmid);
    this.#on.changed();
  }

  /** Stop one that is on its way, or take away one that did not arrive. */
  cancel = ({ cmid }) => {
    this.#unsent.delete(cmid);
    this.#uploads?.cancel(cmid);
    this.#transcript.drop(cmid);
    this.#on.changed();
  };

  /** The line is back: what broke with it goes on by itself. */
  live(offer) {
    this.offer = offer ?? null;
    this.#live = true;
    for (const cmid of this.#uploads?.resume() ?? []) this.#transcript.pend({ op: "attach", cmid });
    for (const cmid of this.#unsent.keys()) this.retry(this.#transcript.byCmid(cmid));
  }

  /** The conversation is another one. */
  clear() {
    this.#live = false;
    this.#unsent.clear();
    this.#uploads?.clear();
    this.addresses.forEach((address) => URL.revokeObjectURL(address));
    this.addresses.clear();
  }

  #address(cmid, file) {
    const address = URL.createObjectURL(file);
    this.addresses.set(cmid, address);
    return address;
  }

  /** One promise for all, so that files go in the order in which they were chosen. */
  #loaded() {
    const on = {
      progress: (cmid, progress) => this.#update(cmid, { progress }),
      sent: (cmid, seq) => this.#arrived(cmid, seq),
      failed: (cmid, problem) => this.#on.failed(cmid, problem),
    };
    this.#loading ??= import("./later/uploads.js").then(({ Uploads }) => (this.#uploads = new Uploads({ passes: this.passes, on })));
    return this.#loading.catch((problem) => {
      this.#loading = null; // there was no line
      throw problem;
    });
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
