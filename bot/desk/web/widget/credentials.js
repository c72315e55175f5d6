/** Who we say we are: the conversation's token, and the identity that the website's server signed.
 *
 * The desk refuses both together and does not say which was wrong. A conversation of somebody who was
 * signed in can only be gone on with when they are signed in again.
 */

export class Credentials {
  #memory;
  #identity = null;
  #doubted = false;

  constructor(memory) {
    this.#memory = memory;
    this.token = memory.token;
  }

  /** A conversation of somebody signed in, and nobody has signed in on this page yet. */
  get incomplete() {
    return this.token !== null && this.#memory.identified && (this.#identity === null || this.#doubted);
  }

  /** What to say hello with. An identity that is a function is asked for a fresh token each time. */
  async hello() {
    return { token: this.token, identity: this.#doubted ? null : await this.#signed() };
  }

  /** The token is stored last: it is what other tabs wait for. */
  accepted(token, identified) {
    this.#memory.identified = identified;
    this.token = this.#memory.token = token;
  }

  /** Returns whether this is news. */
  identify(identity) {
    const news = identity !== this.#identity || this.#doubted;
    this.#identity = identity;
    this.#doubted = false;
    return news;
  }

  /** Take up what another tab stored. Returns whether it differs from ours. What is a stranger's there and not
   * here, or the other way round, is left to that tab: two that follow each other would do so for ever. */
  follow() {
    const { token, identified } = this.#memory;
    if (token === this.token || (token !== null && identified !== (this.#identity !== null))) return false;
    this.token = token;
    return true;
  }

  /** Leave out what is most likely wrong: first an identity that may have run out, then the token, then
   * the identity for good. Returns which. Another tab may go on with the same token, so it stays stored until
   * there is a new one. */
  refused() {
    if (typeof this.#identity === "string" && this.token && !this.#doubted) {
      this.#doubted = true;
      return "identity";
    }
    this.#doubted = false;
    if (this.token) {
      this.token = null;
      return "token";
    }
    this.#identity = null;
    return "identity";
  }

  forget() {
    this.token = this.#identity = null;
    this.#doubted = false;
  }

  async #signed() {
    if (typeof this.#identity !== "function") return this.#identity;
    try {
      return (await this.#identity()) ?? null;
    } catch {
      return null;
    }
  }
}
