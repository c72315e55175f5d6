/** What was said, each thing once: merged by the client's id and by the desk's sequence number. */

/** An entry: key seq cmid speaker name text at buttons card attachment; own ones also state, frame, problem, and
 * of a file `progress` and, while it is shown from here, `attachment.local`. */
export class Transcript {
  #entries = [];

  /** Take in a message from the desk. Returns its entry, or null when it was known. */
  add({ seq, speaker, name, text, at, cmid, buttons, card, attachment }) {
    const known = this.#bySeq(seq) ?? (speaker === "visitor" ? this.byCmid(cmid) : undefined);
    const facts = { seq, speaker, name, text, at: new Date(at), buttons: buttons ?? [], card: card ?? null };
    if (attachment) facts.attachment = { ...attachment, local: known?.attachment?.local };
    if (known) {
      Object.assign(known, facts, { state: known.state && "sent" });
      this.#order();
      return null;
    }
    const own = speaker === "visitor" && cmid;
    const state = speaker === "visitor" ? "sent" : null;
    const entry = { key: own ? cmid : `#${seq}`, cmid: own ? cmid : null, state, ...facts };
    this.#entries.push(entry);
    this.#order();
    return entry;
  }

  /** Show at once what the visitor does; `frame` is how to send it again. */
  pend(frame, text, at = new Date()) {
    const { cmid } = frame;
    const known = this.byCmid(cmid);
    if (known) return Object.assign(known, { state: known.seq ? "sent" : "sending", problem: null });
    const entry = { key: cmid, cmid, seq: null, speaker: "visitor", name: null, text, at, buttons: [] };
    this.#entries.push(Object.assign(entry, { state: "sending", frame, problem: null }));
    return entry;
  }

  ack({ cmid, seq, at }) {
    const entry = this.byCmid(cmid);
    if (entry) Object.assign(entry, { seq, at: new Date(at), state: "sent", problem: null });
    this.#order();
  }

  /** Mark as not sent, unless the desk has it; `problem` is the desk's {code, text}, if it gave one. */
  fail(cmid, problem = null) {
    const entry = this.byCmid(cmid);
    if (!entry || entry.seq) return null;
    return Object.assign(entry, { state: "failed", problem });
  }

  drop(cmid) {
    this.#entries = this.#entries.filter((entry) => entry.cmid !== cmid);
  }

  clear() {
    this.#entries = [];
  }

  get entries() {
    return this.#entries;
  }

  get last() {
    return this.#entries.at(-1) ?? null;
  }

  byCmid(cmid) {
    return cmid ? this.#entries.find((entry) => entry.cmid === cmid) : undefined;
  }

  /** The number up to which nothing is missing: what arrived out of turn is asked for again. */
  get seenUpTo() {
    let seen = 0;
    for (const { seq } of this.#entries) {
      if (seq !== seen + 1) break;
      seen = seq;
    }
    return seen;
  }

  #bySeq(seq) {
    return this.#entries.find((entry) => entry.seq === seq);
  }

  /** By number; what has none yet stays last, in the order of writing. */
  #order() {
    this.#entries.sort((one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity) || 0);
  }
}
