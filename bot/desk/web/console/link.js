/** The console's socket: ticket, hello, snapshot, live; and the same again after every break. */

const BEAT = 20_000;
const SHORTEST = 500;
const LONGEST = 30_000;

/** Wait longer after each failure, at random, so that many consoles do not come back at once. */
export function delayBefore(attempt, random = Math.random) {
  return SHORTEST + random() * (Math.min(LONGEST, SHORTEST * 2 ** attempt) - SHORTEST);
}

/** Keep one socket open; `heard` gets every frame, `changed` gets `live`, `offline` or `signed-out`. */
export function createLink({ ticket, heard, changed }) {
  let socket = null;
  let timer = null;
  let attempt = 0;
  let unanswered = 0;
  let stopped = false;

  async function connect() {
    clearTimeout(timer);
    try {
      open(await ticket());
    } catch (error) {
      if (error.signedOut) { stop(); changed("signed-out"); } else retry();
    }
  }

  function open(pass) {
    if (stopped) return;
    socket = new WebSocket(address());
    socket.addEventListener("open", () => send({ op: "hello", ticket: pass }));
    socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
    socket.addEventListener("close", retry, { once: true });
  }

  function receive(frame) {
    unanswered = 0;
    if (frame.op === "snapshot") { attempt = 0; changed("live"); }
    heard(frame);
  }

  function retry() {
    socket = null;
    if (stopped) return;
    changed("offline");
    timer = setTimeout(connect, delayBefore(attempt += 1));
  }

  function send(frame) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  }

  function beat() {
    if (unanswered >= 2) { unanswered = 0; socket?.close(); return; }
    if (socket) unanswered += 1;
    send({ op: "ping" });
  }

  function now() {
    if (!socket && !stopped) { attempt = 0; connect(); }
  }

  function stop() {
    stopped = true;
    clearTimeout(timer);
    clearInterval(heart);
    window.removeEventListener("online", now);
    socket?.close();
  }

  const heart = setInterval(beat, BEAT);
  window.addEventListener("online", now);
  connect();
  return { send, now, stop };
}

function address() {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/console`;
}
