/** A conversation that is only shown: one question and its answer, no desk behind it. */

const FACTS = { link: "live", visitor: null, greeting: null, prechat: null, copies: false, mayContinue: false, typing: null, queue: null, survey: null, readUpTo: 0, personAsked: false, closed: false };
const ACTS = ["start", "speak", "say", "choose", "attach", "askPerson", "leaveQueue", "end", "erase", "retry", "sawAll", "type"];

/** Has what the chat's panel reads of a conversation, as `widget/conversation.js` does; what visitors do does nothing. */
export class Shown extends EventTarget {
  entries = [];
  owner = { kind: "bot", name: null };
  business = null;
  files = { offer: null, addresses: new Map(), passes: async () => null, cancel: () => {} };
  #at = new Date();

  constructor() {
    super();
    Object.assign(this, FACTS, Object.fromEntries(ACTS.map((name) => [name, () => {}])));
  }

  get last() {
    return this.entries.at(-1) ?? null;
  }

  /** Say this question and this answer; what was said before changes in place. */
  turn({ name, assistant }, question, { text, buttons }) {
    this.business = { name, assistant };
    const said = (seq, speaker, more) => ({ key: speaker, seq, cmid: null, speaker, name: null, at: this.#at, buttons: [], card: null, state: null, ...more });
    this.entries = [
      ...(question ? [said(1, "visitor", { text: question, state: "sent" })] : []),
      ...(text ? [said(2, "bot", { text, name: assistant, buttons: buttons.map(({ title }, id) => ({ id, title })) })] : []),
    ];
    this.dispatchEvent(new CustomEvent("change"));
  }
}
