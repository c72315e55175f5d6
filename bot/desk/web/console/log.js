/** The course of a conversation: days, who spoke, what was said, what is still on its way. */

import { fill, h, keyed } from "./dom.js";
import { fileNode } from "./file.js";
import { icon } from "./shapes.js";
import { textNodes } from "./text.js";
import { clock, day, dayKey } from "./time.js";
import { nameOf } from "./words.js";

const TOGETHER = 5 * 60_000;
const SAME = ["message", "first", "quotes", "last", "seen", "customer"];
const ROLES = { visitor: "customer", bot: "automated assistant", agent: "colleague", system: "" };

/** Make the log; `retry` and `takeBack` get the client id of an unsent reply. */
export function createLog({ retry, takeBack }) {
  const list = h("ol", { class: "lines" });
  const newer = h("button", { type: "button", class: "newer", hidden: true, on: { click: () => toEnd(true) } }, "New message below");
  const scroller = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": "Messages", tabindex: "0",
    on: { scroll: scrolled } }, list);
  let shown = null;
  let following = true;
  let height = 0;

  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;

  function toEnd(smooth = false) {
    scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth && !still() ? "smooth" : "instant" });
    newer.hidden = true;
    following = true;
  }

  // Whoever reads the end keeps reading the end when the place for it grows or shrinks.
  new ResizeObserver(() => { height = scroller.clientHeight; if (following) toEnd(); }).observe(scroller);

  function scrolled() {
    if (scroller.clientHeight !== height) return;
    following = atEnd();
    if (following) newer.hidden = true;
  }

  function draw(detail, outbox, me) {
    const follow = shown !== detail.summary.id || following;
    const before = list.children.length;
    keyed(list, lines(detail, outbox, me), { key: ({ key }) => key, make: makeLine, update });
    shown = detail.summary.id;
    if (follow) toEnd();
    else if (list.children.length > before) newer.hidden = false;
  }

  function update(node, line, old) {
    if (old && SAME.every((part) => old[part] === line[part])) return;
    DRAW[line.kind](node, line, { retry, takeBack });
  }

  /** Bring a message into view and mark it for a moment. */
  function show(seq) {
    const node = list.querySelector(`#message-${Number(seq)}`);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: still() ? "instant" : "smooth" });
    node.focus({ preventScroll: true });
  }

  return { node: h("div", { class: "log-frame" }, scroller, newer), draw, show, forget: () => { shown = null; }, clear: () => keyed(list, [], { key: ({ key }) => key }) };
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function lines({ summary, messages, notes, brief, seen }, outbox, me) {
  const quotes = quotesOf(brief);
  const found = [];
  const customer = nameOf(summary);
  const lastOwn = messages.findLast(({ speaker }) => speaker !== "system");
  let before = null;
  for (const said of withNotes(messages, notes ?? [])) {
    if (!before || dayKey(before.at) !== dayKey(said.at)) found.push({ key: `${summary.id} day ${dayKey(said.at)}`, kind: "day", message: said });
    if (said.seq === undefined) found.push({ key: `note ${said.id}`, kind: "note", message: said, me });
    else {
      found.push({ key: `${summary.id} ${said.seq}`, kind: said.speaker === "system" ? "system" : "message", message: said, me, customer,
        first: !together(before, said), quotes: quotes.get(said.seq), last: said === lastOwn, seen: said === lastOwn && (seen ?? 0) >= said.seq });
    }
    before = said;
  }
  return [...found, ...outbox.map((entry) => ({ key: `unsent ${entry.cmid}`, kind: "unsent", message: entry, first: true }))];
}

// Notes stand where they were written; messages keep their own order, whatever the clocks said.
function withNotes(messages, notes) {
  if (!notes.length) return messages;
  const joined = [];
  let next = 0;
  for (const message of messages) {
    while (next < notes.length && new Date(notes[next].at) < new Date(message.at)) { joined.push(notes[next]); next += 1; }
    joined.push(message);
  }
  return [...joined, ...notes.slice(next)];
}

function together(before, message) {
  return before?.seq !== undefined && before.speaker === message.speaker && before.name === message.name && new Date(message.at) - new Date(before.at) < TOGETHER;
}

const quoteCache = new WeakMap();

// The same brief must give the same arrays, or every message would be drawn again.
function quotesOf(brief) {
  if (!brief) return new Map();
  if (!quoteCache.has(brief)) {
    const quotes = new Map();
    for (const { seq, quote } of (brief.reasons ?? []).flatMap(({ evidence }) => evidence ?? [])) {
      quotes.set(seq, [...(quotes.get(seq) ?? []), quote]);
    }
    quoteCache.set(brief, quotes);
  }
  return quoteCache.get(brief);
}

function makeLine({ kind, message }) {
  return h("li", { class: "line", "data-kind": kind, "data-speaker": kind === "note" ? null : message.speaker ?? "agent",
    id: kind !== "day" && message.seq ? `message-${message.seq}` : null, tabindex: kind === "message" ? "-1" : null });
}

const DRAW = {
  day: (node, { message }) => fill(node, h("span", {}, day(message.at))),
  system: (node, { message }) => fill(node, h("span", { dir: "auto" }, message.text, " "), h("time", { datetime: message.at }, clock(message.at))),
  message: drawMessage,
  note: drawNote,
  unsent: drawUnsent,
};

function drawMessage(node, { message, customer, first, quotes, me, last, seen }) {
  node.toggleAttribute("data-first", first);
  const own = message.speaker === "agent" && message.name === me.name;
  const name = message.name || (message.speaker === "visitor" ? customer : "Assistant");
  const role = own ? "you" : ROLES[message.speaker];
  fill(node,
    h("p", { class: first ? "who" : "unseen" }, message.speaker === "bot" && icon("robot"),
      h("strong", { dir: "auto" }, name), h("span", {}, ` ${role} `), h("time", { datetime: message.at }, clock(message.at))),
    message.attachment ? fileNode(message.attachment, own ? "you" : name) : h("p", { class: "said", dir: "auto" }, textNodes(message.text, quotes)),
    message.buttons?.length ? h("p", { class: "offered" }, `Offered: ${message.buttons.map(({ title }) => title).join(" · ")}`) : null,
    message.card ? h("p", { class: "offered" }, `Shown as a card: order ${message.card.number}, ${message.card.status}`) : null,
    message.speaker === "agent" && last ? h("p", { class: "sent" }, seen ? "Seen" : "Sent") : null);
}

function drawNote(node, { message, me }) {
  const { author } = message;
  const by = typeof author === "object" ? author?.name : author;
  fill(node,
    h("p", { class: "who" }, icon("lock"), h("strong", {}, "Private note"),
      h("span", { dir: "auto" }, ` by ${by === me.name ? "you" : by || "a colleague"} `), h("time", { datetime: message.at }, clock(message.at))),
    h("p", { class: "said", dir: "auto" }, textNodes(message.text)));
}

function drawUnsent(node, { message }, { retry, takeBack }) {
  const failed = message.state === "failed";
  const note = message.kind === "note";
  node.toggleAttribute("data-note", note);
  node.dataset.first = "";
  node.dataset.state = message.state;
  fill(node,
    note && h("p", { class: "who" }, icon("lock"), h("strong", {}, "Private note")),
    h("p", { class: "said", dir: "auto" }, message.text),
    h("p", { class: "sent" }, failed ? `Not ${note ? "saved" : "sent"}. ${message.why || "No connection."} ` : note ? "Saving…" : "Sending…",
      failed && h("button", { type: "button", class: "link", on: { click: () => retry(message.cmid) } }, "Try again"),
      failed && h("button", { type: "button", class: "link", on: { click: () => takeBack(message.cmid) } }, message.kind === "file" ? "Remove" : "Edit")));
}
