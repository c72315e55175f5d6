/** One live socket to the desk: dials, listens for life, and dials again after a random wait. */

const PING_EVERY = 20_000;
const MISSES_ALLOWED = 2;
const DIAL_LIMIT = 10_000;
const PROBE_LIMIT = 5_000;
const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const STEADY_AFTER = 10_000;

/** Full jitter between half a second and a ceiling that doubles up to 30 s. */
export function waitBefore(attempt, random = Math.random) {
  const ceiling = Math.min(LONGEST_WAIT, 2 * SHORTEST_WAIT * 2 ** attempt);
  return SHORTEST_WAIT + random() * (ceiling - SHORTEST_WAIT);
}

export class Connection {
  #url;
  #on;
  #socket = null;
  #wanted = false;
  #attempt = 0;
  #missed = 0;
  #timers = {};

  /** `on` has opened(), frame(object) and down(code). */
  constructor(url, on) {
    this.#url = url;
    this.#on = on;
    window.addEventListener("offline", () => this.#wanted && this.#lost(1006));
    window.addEventListener("online", () => this.wake());
    document.addEventListener("visibilitychange", () => !document.hidden && this.wake());
  }

  open() {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#dial();
  }

  close() {
    this.#wanted = false;
    this.#hangUp();
  }

  /** Leave the present socket, if any, and dial at once. */
  restart() {
    this.close();
    this.#attempt = 0;
    this.open();
  }

  /** The visitor is back or impatient: dial now, or make sure that the open line is alive. */
  wake() {
    if (!this.#wanted) return;
    if (!this.#socket) this.#dial();
    else if (this.#socket.readyState === WebSocket.OPEN) this.#probe();
  }

  send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #dial() {
    this.#hangUp();
    const socket = (this.#socket = new WebSocket(this.#url));
    this.#after("dial", DIAL_LIMIT, () => this.#lost(1006));
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#heard(data);
    socket.onclose = ({ code }) => this.#lost(code);
  }

  #opened() {
    this.#missed = 0;
    clearTimeout(this.#timers.dial);
    this.#after("steady", STEADY_AFTER, () => (this.#attempt = 0));
    this.#timers.beat = setInterval(() => this.#beat(), PING_EVERY);
    this.#on.opened();
  }

  #heard(data) {
    this.#missed = 0;
    const frame = JSON.parse(data);
    if (frame.op !== "pong") this.#on.frame(frame);
  }

  #beat() {
    if (this.#missed >= MISSES_ALLOWED) return this.#lost(1006);
    this.#missed += 1;
    this.send({ op: "ping" });
  }

  #probe() {
    this.#missed = MISSES_ALLOWED;
    this.send({ op: "ping" });
    this.#after("probe", PROBE_LIMIT, () => this.#missed >= MISSES_ALLOWED && this.#lost(1006));
  }

  /** A line that was open for a while starts over with short waits; one that keeps failing waits longer. */
  #lost(code) {
    this.#hangUp();
    this.#after("dial", waitBefore(this.#attempt), () => this.#dial());
    this.#attempt += 1;
    this.#on.down(code);
  }

  #hangUp() {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #after(name, wait, act) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(act, wait);
  }
}
