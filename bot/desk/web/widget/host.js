/** The website's page around the frame: its calls in, our events out. Nothing else of us is within its reach. */

const OBJECT = (it) => typeof it === "object" && it !== null;
const BOOLEAN = (it) => typeof it === "boolean";
const USER = (it) => OBJECT(it) && ["none", "string", "function"].includes(it.kind) && (it.kind !== "string" || typeof it.token === "string");
/** What the page may call, and what has to be true of it. */
const CALLS = {
  start: () => true,
  open: ({ focus }) => BOOLEAN(focus),
  close: () => true,
  shape: ({ full }) => BOOLEAN(full),
  page: ({ address }) => typeof address === "string",
  setUser: USER,
  setLocale: ({ wishes }) => Array.isArray(wishes) && wishes.every((tag) => typeof tag === "string"),
  theme: ({ theme }) => ["auto", "light", "dark"].includes(theme),
  reset: () => true,
};
const FETCH_LIMIT = 10_000;

export class Host {
  #port = null;
  #origins;
  #handlers = new Map();
  #asked = new Map();
  #asks = 0;
  #greeted;
  /** Resolves when the page has handed over its channel. */
  met = new Promise((resolve) => (this.#greeted = resolve));

  /** `origins` are those of the sites that may embed us. */
  constructor(origins) {
    this.#origins = new Set([location.origin, ...origins]);
    if (!this.alone) window.addEventListener("message", (event) => this.#meet(event));
  }

  get alone() {
    return window.parent === window;
  }

  /** Do this at a call of the page. */
  hear(call, act) {
    this.#handlers.set(call, act);
  }

  tell(event, detail = {}) {
    this.#port?.postMessage({ event, detail });
  }

  /** Ask the page for a fresh signed identity; null when it has none, or takes too long. */
  identity() {
    const asks = (this.#asks += 1);
    return new Promise((resolve) => {
      this.#asked.set(asks, resolve);
      this.#port?.postMessage({ asks });
      setTimeout(() => this.#answered({ asks, token: null }), FETCH_LIMIT);
    });
  }

  /** The page hands over its channel once; what comes later, or from another window, is not heard. */
  #meet({ source, origin, data, ports }) {
    if (this.#port || source !== window.parent || !this.#origins.has(origin)) return;
    if (data !== "kindhand" || ports.length !== 1) return;
    this.#port = ports[0];
    this.#port.onmessage = ({ data: call }) => this.#called(call);
    this.#greeted();
  }

  #called(data) {
    if (!OBJECT(data)) return;
    if (data.call === "answer") return this.#answered(data);
    if (Object.hasOwn(CALLS, data.call) && CALLS[data.call](data)) this.#handlers.get(data.call)?.(data);
  }

  #answered({ asks, token }) {
    this.#asked.get(asks)?.(textOf(token));
    this.#asked.delete(asks);
  }
}

const textOf = (it) => (typeof it === "string" ? it : null);
