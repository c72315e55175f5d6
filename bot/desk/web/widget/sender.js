/** What the visitor sends: in order and one at a time, each until the desk has answered for it. */

import { Outbox } from "./outbox.js";

const PATIENCE = 12_000;
const TOO_FAST = 1_500;

/** These wait for nothing that was said before. */
function isUrgent({ frame: { op } }) {
  return op === "person" || op === "leave_queue";
}

export class Sender {
  #outbox;
  #transcript;
  #isLive;
  #send;
  #failed;
  #inFlight = null;

  /** `send(frame)` puts it on the line while `isLive()`; `failed(cmid)` hears what took too long. */
  constructor({ memory, transcript, isLive, send, failed }) {
    this.#outbox = new Outbox(memory);
    this.#transcript = transcript;
    this.#isLive = isLive;
    this.#send = send;
    this.#failed = failed;
  }

  /** Keep it until it is answered for; with a text it is also shown. */
  submit(frame, text) {
    this.#outbox.keep(frame, text);
    this.#show(frame, text);
    this.#next();
  }

  /** Whether something of this kind, or under this id, waits for the desk's answer. */
  has(op, cmid = null) {
    return this.#outbox.items.some(({ frame }) => frame.op === op && (cmid === null || frame.cmid === cmid));
  }

  /** Drop what makes no sense any more. */
  drop(op) {
    this.#outbox.drop(op);
  }

  /** Show what was kept over a reload. */
  showKept() {
    for (const { frame, text, at } of this.#outbox.items) this.#show(frame, text, new Date(at));
  }

  /** A new line: what was on the old one is sent again, under its own id. */
  begin() {
    this.#inFlight = null;
    this.#next();
  }

  /** The desk has answered for this one: on with the next. */
  settled(cmid) {
    this.#outbox.settle(cmid);
    this.#passed(cmid);
  }

  /** The desk asks for a slower pace: nothing is lost, and nobody has to press anything. */
  againSoon(cmid) {
    setTimeout(() => {
      if (this.#inFlight === cmid) this.#inFlight = null;
      this.#next();
    }, TOO_FAST);
  }

  /** One at a time, so that nothing overtakes what the desk asked to wait. */
  #next() {
    if (!this.#isLive()) return;
    const items = this.#outbox.items.filter(({ frame }) => this.#transcript.byCmid(frame.cmid)?.state !== "failed");
    for (const { frame } of items.filter(isUrgent)) this.#send(frame);
    const next = items.find((item) => !isUrgent(item));
    if (!next || this.#inFlight) return;
    this.#inFlight = next.frame.cmid;
    this.#send(next.frame);
  }

  #passed(cmid) {
    if (this.#inFlight !== cmid) return;
    this.#inFlight = null;
    this.#next();
  }

  #show(frame, text, at) {
    if (text === null) return;
    this.#transcript.pend(frame, text, at);
    this.#waitFor(frame.cmid);
  }

  /** Give up after a while, but not on what only waits for its turn. It stays in the outbox for the next line. */
  #waitFor(cmid) {
    setTimeout(() => {
      if (this.#transcript.byCmid(cmid)?.state !== "sending") return;
      if (this.#isLive() && this.#inFlight !== cmid) return this.#waitFor(cmid);
      if (this.#inFlight === cmid) this.#inFlight = null;
      this.#failed(cmid);
      this.#next();
    }, PATIENCE);
  }
}
