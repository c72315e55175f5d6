/** The page's end of the channel to the chat: calls out, events in. No token of a conversation ever passes it. */

const OBJECT = (detail) => typeof detail === "object" && detail !== null;
/** What the chat may say, and what has to be true of it. */
const EVENTS = {
  here: OBJECT,
  close: OBJECT,
  message: ({ text }) => typeof text === "string",
  owner: ({ kind }) => typeof kind === "string",
  unread: ({ count }) => Number.isInteger(count) && count >= 0,
  identity: OBJECT,
};

export class Link {
  #channel = new MessageChannel();
  #onEvent;
  #signed;

  constructor({ onEvent, signed }) {
    this.#onEvent = onEvent;
    this.#signed = signed;
    this.#channel.port1.onmessage = ({ data }) => this.#heard(data);
  }

  /** Hand the other end over, once, to that origin only. */
  greet(there, origin) {
    there.postMessage("kindhand", origin, [this.#channel.port2]);
  }

  call(name, given) {
    this.#channel.port1.postMessage({ call: name, ...given });
  }

  close() {
    this.#channel.port1.close();
  }

  #heard(data) {
    if (!OBJECT(data)) return;
    const { event, detail, asks } = data;
    if (Number.isInteger(asks)) return this.#answer(asks);
    if (Object.hasOwn(EVENTS, event) && OBJECT(detail) && EVENTS[event](detail)) this.#onEvent(event, detail);
  }

  /** The chat needs a fresh identity; a page that cannot give one has a guest. */
  async #answer(asks) {
    let token = null;
    try {
      token = await this.#signed();
    } catch (problem) {
      console.warn("Kindhand: the function given to setUser failed.", problem);
    }
    this.#channel.port1.postMessage({ call: "answer", asks, token: typeof token === "string" ? token : null });
  }
}
