/** What the desk has not acknowledged yet. Survives a reload; sent again until it is settled. */

export class Outbox {
  #memory;

  constructor(memory) {
    this.#memory = memory;
  }

  /** Kept as {frame, text, at}: what goes over the wire, and what the visitor sees of it. */
  get items() {
    return this.#memory.outbox;
  }

  keep(frame, text) {
    const others = this.items.filter((item) => item.frame.cmid !== frame.cmid);
    this.#memory.outbox = [...others, { frame, text, at: new Date().toISOString() }];
  }

  settle(cmid) {
    this.#memory.outbox = this.items.filter((item) => item.frame.cmid !== cmid);
  }

  /** Drop what makes no sense any more, such as a request for a person who is already here. */
  drop(op) {
    this.#memory.outbox = this.items.filter((item) => item.frame.op !== op);
  }
}
