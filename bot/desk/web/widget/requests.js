/** What is asked of the desk and has one answer: a promise of its sentence. */

const PATIENCE = 12_000;

export class Requests {
  #open = new Map();

  /** Wait for the answer to `cmid`. It is an Error of the desk's words, or of none where no answer came. */
  wait(cmid) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.refuse(cmid), PATIENCE);
      this.#open.set(cmid, { resolve, reject, timer });
    });
  }

  /** Returns whether that was waited for; `text` is null where the conversation itself says how it went. */
  answer(cmid, text = null) {
    return this.#settle(cmid, ({ resolve }) => resolve(text));
  }

  refuse(cmid, text = "") {
    return this.#settle(cmid, ({ reject }) => reject(new Error(text)));
  }

  /** The line is down: no answer will come. What is asked again by itself waits on. */
  refuseAll({ but = null } = {}) {
    for (const cmid of [...this.#open.keys()]) if (cmid !== but) this.refuse(cmid);
  }

  #settle(cmid, act) {
    const request = this.#open.get(cmid);
    if (!request) return false;
    this.#open.delete(cmid);
    clearTimeout(request.timer);
    act(request);
    return true;
  }
}
