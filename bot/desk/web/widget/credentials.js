/** Who we say we are: the conversation's token and the shop's signed identity, either may be refused. */

export class Credentials {
  #memory;
  #doubted = false;

  constructor(memory) {
    this.#memory = memory;
    this.token = memory.token;
    this.identity = null;
  }

  get hello() {
    return { token: this.token, identity: this.#doubted ? null : this.identity };
  }

  accepted(token) {
    this.token = this.#memory.token = token;
  }

  identify(identity) {
    this.identity = identity;
    this.#doubted = false;
  }

  /** Take up what another tab stored. Returns whether it differs from ours. */
  follow() {
    const changed = this.token !== this.#memory.token;
    this.token = this.#memory.token;
    return changed;
  }

  /** The desk would not have them, and does not say which. An identity runs out within the hour, so it is
   * left out first; then the token is forgotten; then the identity. Returns what is gone for good. */
  refused() {
    if (this.identity && !this.#doubted) {
      this.#doubted = true;
      return null;
    }
    this.#doubted = false;
    if (this.token) {
      this.token = this.#memory.token = null;
      return "token";
    }
    this.identity = null;
    return "identity";
  }

  forget() {
    this.token = this.identity = null;
    this.#doubted = false;
  }
}
