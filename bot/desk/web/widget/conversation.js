/** The conversation as the visitor has it: the desk's frames in, the visitor's acts out, no screen.
 *
 * Events: "change" (look again), "message" (a new one from the other side), "owner", "failed", "identity",
 * "erased" (the conversation is gone, by this tab or by another).
 */

import { Connection } from "./connection.js";
import { Credentials } from "./credentials.js";
import { Files } from "./files.js";
import { Requests } from "./requests.js";
import { Sender } from "./sender.js";
import { Transcript } from "./transcript.js";
import { LOCALE } from "./words.js";

const REFUSED = 4401;
const SIGN_IN_WAIT = 5_000;
const TYPING_ENDS = 20_000;
const LINK = "link";
const NO_ONE_YET = { kind: "bot", name: null };

/** 128 random bits. `crypto.randomUUID` is missing on plain http pages. */
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Conversation extends EventTarget {
  #memory;
  #page;
  #sender;
  #credentials;
  #connection;
  #requests = new Requests();
  #transcript = new Transcript();
  #link = null;
  #id = null;
  #oldUpTo = 0;
  #typingTimer = 0;
  #hellos = 0;
  #told = false;
  #seen = 0;
  #spoken = null;
  files;

  /** "idle", "connecting", "live" or "down". */
  link = "idle";
  owner = NO_ONE_YET;
  business = null;
  visitor = null;
  greeting = null;
  /** What is asked before the first message: {questions, consent}; null: nothing, or it was answered. */
  prechat = null;
  /** Whether copies of the conversation, and links to go on elsewhere, are sent by e-mail here. */
  copies = false;
  mayContinue = false;
  /** {speaker, name} while somebody writes. */
  typing = null;
  /** {availability, place, minutes} while waiting for a person, as far as the desk has said. */
  queue = null;
  /** What the visitor is asked afterwards: {id, cause, recommend, answers}, or null. */
  survey = null;
  /** The newest message that the agent has read. */
  readUpTo = 0;
  /** The visitor has asked for a person and nobody has answered yet. */
  personAsked = false;

  constructor({ url, page, memory }) {
    super();
    this.#memory = memory;
    this.#page = page;
    this.#credentials = new Credentials(memory);
    const on = { changed: () => this.#changed(), failed: (cmid, problem) => this.#fail(cmid, problem) };
    this.files = new Files({ credentials: this.#credentials, transcript: this.#transcript, on });
    this.#sender = new Sender({
      memory,
      transcript: this.#transcript,
      isLive: () => this.link === "live",
      send: (frame) => this.#connection.send(frame),
      failed: (cmid) => this.#fail(cmid),
    });
    this.#connection = new Connection(url, {
      opened: () => this.#hello(),
      frame: (frame) => this.#frames[frame.op]?.(frame),
      down: (code) => this.#down(code),
    });
    memory.watch(() => this.#follow());
  }

  get entries() {
    return this.#transcript.entries;
  }

  get last() {
    return this.#transcript.last;
  }

  /** Somebody has ended it. Whoever writes again goes on with the assistant. */
  get closed() {
    return this.owner.kind === "closed";
  }

  start() {
    if (this.link !== "idle") return;
    this.link = "connecting";
    this.#showKept();
    this.#open();
    this.#changed();
  }

  /** Leave the page a moment to say who is signed in, where the conversation is theirs only. */
  #open() {
    if (this.#credentials.incomplete) setTimeout(() => this.#connection.open(), SIGN_IN_WAIT);
    else this.#connection.open();
  }

  /** The visitor reads another language now: a new line brings what the desk says in it. */
  speak() {
    if (this.link !== "live" || LOCALE === this.#spoken) return;
    this.link = "connecting";
    this.#connection.restart();
  }

  say(text) {
    this.#submit({ op: "say", cmid: newId(), text }, text);
  }

  choose(entry, button) {
    this.#submit({ op: "choose", cmid: newId(), seq: entry.seq, button: button.id }, button.title);
  }

  /** Send a file, beside what is written. */
  attach(file) {
    this.files.add(newId(), file);
  }

  askPerson() {
    if (this.personAsked || this.owner.kind === "waiting" || this.owner.kind === "agent") return;
    this.personAsked = true;
    this.#submit({ op: "person", cmid: newId() }, null);
  }

  /** Go on with the assistant instead of waiting. */
  leaveQueue() {
    if (this.owner.kind !== "waiting" || this.#sender.has("leave_queue")) return;
    this.#submit({ op: "leave_queue", cmid: newId() }, null);
  }

  // Each of these is a promise of the desk's sentence, or of null where the conversation says how it went.

  /** End the chat, once all that was written has arrived. */
  end() {
    const frame = { op: "end", cmid: newId() };
    return this.#answered(frame.cmid, () => this.#sender.submit(frame, null));
  }

  /** Delete all that the desk has of this conversation, and what this browser keeps of it. */
  erase() {
    return this.#ask({ op: "erase" });
  }

  /** Leave an address or a number, and for a call perhaps a moment (ISO 8601), instead of waiting. */
  callback({ email = null, phone = null, at = null }) {
    return this.#ask({ op: "callback", email, phone, at });
  }

  sendCopy(email) {
    return this.#ask({ op: "transcript", email });
  }

  /** Have a link sent that opens the conversation on another device, once. */
  continueElsewhere(email) {
    return this.#ask({ op: "continue", email });
  }

  answerPrechat({ answers, consent }) {
    return this.#ask({ op: "prechat", answers, consent });
  }

  /** Open here the conversation that a link in a letter leads to; uses the link up. The key makes it ours: it
   * may be used again where the answer was lost. */
  openLink(code) {
    if (this.#link?.code !== code) this.#link = { code, key: newId() };
    const opened = this.#requests.wait(LINK);
    if (this.link === "idle") this.start();
    else this.#connection.restart();
    return opened;
  }

  #ask(request) {
    const frame = { cmid: newId(), ...request };
    return this.#answered(frame.cmid, () => this.#connection.send(frame));
  }

  #answered(cmid, send) {
    const answer = this.#requests.wait(cmid);
    if (this.link === "live") send();
    else this.#requests.refuse(cmid);
    return answer.finally(() => this.#sender.settled(cmid));
  }

  /** Keep what was answered of the survey so far; with `done` or `skipped` it is over. */
  answerSurvey(answers, { done = false, skipped = false } = {}) {
    const frame = { op: "survey", cmid: newId(), id: this.survey.id, ...answers, done, skipped };
    this.#sender.drop("survey"); // an earlier one says nothing that this one does not
    if (done || skipped) this.survey = null;
    this.#submit(frame, null);
  }

  /** All that has arrived is on the screen. */
  sawAll() {
    const seq = this.#transcript.seenUpTo;
    if (this.link !== "live" || seq <= this.#seen) return;
    this.#seen = seq;
    this.#connection.send({ op: "seen", seq });
  }

  type(on) {
    if (this.link === "live") this.#connection.send({ op: "typing", on });
  }

  /** Send again what was not sent: under its own id, so that it can only arrive once. */
  retry(entry) {
    const { frame, text } = entry;
    this.#connection.wake();
    if (frame.op === "attach") return this.files.retry(entry);
    if (entry.problem?.code !== "cmid_reused") return this.#submit(frame, text);
    this.#transcript.drop(frame.cmid);
    this.#submit({ ...frame, cmid: newId() }, text);
  }

  /** Say who the visitor is: a token that the website's server signed, or a function that fetches one. */
  identify(identity) {
    if (this.#credentials.identify(identity) && this.link !== "idle") this.#connection.restart();
  }

  /** Forget everything here and, if the chat was going on, begin a new conversation. */
  reset() {
    this.#memory.forget();
    this.#credentials.forget();
    this.#link = null;
    this.#startOver();
  }

  #startOver() {
    this.#requests.refuseAll();
    this.#clear();
    if (this.link === "idle") return;
    this.link = "connecting";
    this.#connection.restart();
    this.#changed();
  }

  #clear() {
    this.files.clear();
    this.#transcript.clear();
    this.#id = null;
    this.owner = NO_ONE_YET;
    this.visitor = this.greeting = this.prechat = this.typing = this.queue = this.survey = null;
    this.personAsked = false;
    this.readUpTo = this.#seen = 0;
  }

  /** Another tab began or ended the conversation: do as it did. */
  #follow() {
    if (this.link === "idle" || !this.#credentials.follow()) return;
    if (!this.#credentials.token) this.#memory.forget();
    this.#startOver();
    this.#showKept();
  }

  #submit(frame, text) {
    this.#sender.submit(frame, text);
    this.#changed();
  }

  #showKept() {
    this.#sender.showKept();
    if (this.#sender.has("person")) this.personAsked = true;
  }

  #fail(cmid, problem = null) {
    const entry = this.#transcript.fail(cmid, problem);
    if (entry) this.#tell("failed", { entry });
    this.#changed();
  }

  async #hello() {
    const turn = (this.#hellos += 1);
    const credentials = await this.#credentials.hello();
    if (turn !== this.#hellos) return; // another line was opened while the page fetched a token
    this.#spoken = LOCALE;
    const about = { last_seq: this.#transcript.seenUpTo, page: this.#page(), locale: LOCALE };
    const link = this.#link && { link: this.#link, token: null, last_seq: 0 };
    this.#connection.send({ op: "hello", ...credentials, ...about, ...link });
  }

  #down(code) {
    if (code === REFUSED) this.#refused();
    this.link = "down";
    this.#requests.refuseAll({ but: LINK });
    this.#setTyping(null);
    this.#changed();
  }

  /** A choice points at a message of the conversation that is gone; what was written can still be sent. */
  #refused() {
    const wrong = this.#credentials.refused();
    if (wrong === "token") return this.#sender.drop("choose");
    if (this.#credentials.incomplete) {
      this.#connection.close();
      this.#open();
    }
    this.#tell("identity", { refused: true });
  }

  #frames = {
    ready: (frame) => this.#ready(frame),
    message: (frame) => this.#message(frame),
    ack: (frame) => this.#acked(frame),
    owner: ({ kind, name }) => this.#setOwner({ kind, name: name ?? null }),
    queue: ({ availability, place, minutes }) => this.#stand({ availability, place, minutes }),
    read: ({ seq }) => this.#read(seq),
    transcript: ({ cmid, text }) => this.#requests.answer(cmid, text),
    continue: ({ cmid, text }) => this.#requests.answer(cmid, text),
    prechat: ({ cmid }) => this.#prechatAnswered(cmid),
    erased: ({ cmid }) => this.#erased(cmid),
    survey: (frame) => this.#asked(frame),
    typing: ({ speaker, name, on }) => this.#setTyping(on ? { speaker, name } : null),
    error: (frame) => this.#error(frame),
  };

  #ready({ conversation, token, last_seq, owner, visitor, business, greeting, prechat, transcript, continuation, attachments }) {
    if (this.#link) this.#sender.drop("choose"); // they point at messages of another conversation
    this.#link = null;
    if (conversation !== this.#id) {
      if (this.#id) this.#clear();
      this.#id = conversation;
      this.#oldUpTo = last_seq;
    }
    this.#credentials.accepted(token, Boolean(visitor));
    Object.assign(this, { visitor, business, greeting, prechat, copies: transcript, mayContinue: continuation });
    this.link = "live";
    this.#requests.answer(LINK);
    this.files.live(attachments);
    this.#setOwner({ kind: owner.kind, name: owner.name ?? null });
    this.#setTyping(null);
    this.#showKept();
    this.#sender.begin();
    this.speak(); // the language may have changed since the hello
    this.#changed();
  }

  #message(frame) {
    const entry = this.#transcript.add(frame);
    if (frame.speaker === "visitor" && frame.cmid) this.#sender.settled(frame.cmid);
    if (frame.speaker !== "visitor") this.#heard(frame);
    if (entry && frame.seq > this.#oldUpTo && frame.speaker !== "visitor") this.#tell("message", { entry });
    this.#changed();
  }

  #heard({ speaker }) {
    this.personAsked = false;
    if (this.typing?.speaker === speaker) this.#setTyping(null);
  }

  #acked(frame) {
    this.#transcript.ack(frame);
    this.#requests.answer(frame.cmid);
    this.#sender.settled(frame.cmid);
    this.#changed();
  }

  #prechatAnswered(cmid) {
    this.prechat = null;
    this.#requests.answer(cmid);
    this.#changed();
  }

  /** It is gone everywhere, so nothing of it stays here; somebody signed in stays so. */
  #erased(cmid) {
    this.#memory.forget();
    this.#credentials.follow();
    this.#requests.answer(cmid);
    this.#startOver();
    this.#tell("erased", {});
  }

  /** The link was used or is too old: go on with what this browser has. */
  #linkOver(text) {
    this.#link = null;
    this.#requests.refuse(LINK, text);
    this.#hello();
  }

  #error({ code, text, cmid }) {
    if (code === "link_over") return this.#linkOver(text);
    if (!cmid || this.#requests.refuse(cmid, text)) return;
    if (code === "too_many") return this.#sender.againSoon(cmid);
    if (this.#sender.has("person", cmid)) this.personAsked = false;
    this.#fail(cmid, { code, text });
    this.#sender.settled(cmid);
  }

  #setOwner(owner) {
    const before = this.owner;
    this.owner = owner;
    if (owner.kind !== "waiting") this.queue = null;
    if (owner.kind !== "bot") {
      this.personAsked = false;
      this.#sender.drop("person");
    }
    if (before.kind !== owner.kind || before.name !== owner.name) this.#tell("owner", { owner });
    this.#changed();
  }

  #stand(queue) {
    this.queue = this.owner.kind === "waiting" ? queue : null;
    this.#changed();
  }

  #asked({ id, cause, recommend, answers }) {
    this.survey = id ? { id, cause, recommend, answers } : null;
    this.#changed();
  }

  #read(seq) {
    this.readUpTo = Math.max(this.readUpTo, seq);
    this.#changed();
  }

  #setTyping(who) {
    clearTimeout(this.#typingTimer);
    this.typing = who;
    if (who) this.#typingTimer = setTimeout(() => this.#setTyping(null), TYPING_ENDS);
    this.#changed();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Many frames, one look. */
  #changed() {
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      this.#tell("change");
    });
  }
}
