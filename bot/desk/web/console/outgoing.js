/** What an agent writes: drafts that are never lost, replies that are said once, notes only colleagues see. */

import { withMessage, withNote } from "./dispatch.js";
import { isFree } from "./words.js";

/** Where the draft of a private note is kept, beside that of the reply. */
export const noteDraft = (id) => `${id} note`;

/** Make the acts of writing. */
export function createOutgoing({ api, store, lost, refused, claim, signedOut }) {
  const state = () => store.get();
  const files = new Map(); // by client id; a file cannot be written down, so a reload forgets it
  let line = Promise.resolve();
  const current = () => state().detail?.summary;

  function draft(id, text) {
    store.change((now) => ({ ...now, drafts: withDraft(now.drafts, id, text) }));
  }

  function write(id, mode) {
    store.change((now) => ({ ...now, modes: { ...now.modes, [id]: mode } }));
  }

  function reply(id, text) {
    return put({ kind: "reply", conversation: id, cmid: newId(), text }, id);
  }

  function note(id, text) {
    return put({ kind: "note", conversation: id, cmid: newId(), text }, noteDraft(id));
  }

  function attach(id, file) {
    const entry = { kind: "file", conversation: id, cmid: newId(), text: file.name };
    files.set(entry.cmid, file);
    show(entry, null);
    line = line.then(() => deliver(entry)); // so that they arrive in the order of choosing
    return line;
  }

  function put(entry, from) {
    show(entry, from);
    return deliver(entry);
  }

  function show(entry, from) {
    store.change((now) => ({ ...now, notice: null, drafts: withDraft(now.drafts, from, ""), outbox: [...now.outbox, { ...entry, state: "sending", why: "" }] }));
  }

  async function deliver({ kind, conversation, cmid, text }) {
    mark(cmid, "sending");
    const takesOver = kind !== "note" && current()?.id === conversation && isFree(current());
    if (takesOver && !(await claim(conversation))) return takeBack(cmid);
    try {
      const told = await tell(kind, conversation, cmid, text);
      drop(cmid);
      store.change((now) => (kind === "note" ? told.note && withNote(now, conversation, told.note) || now : withMessage(now, conversation, told.message)));
    } catch (error) {
      if (error.signedOut) signedOut();
      else if (error.offline) mark(cmid, "failed");
      else await turnedDown(conversation, cmid, error);
    }
  }

  function tell(kind, conversation, cmid, text) {
    if (kind === "file") return api.attach(conversation, cmid, files.get(cmid));
    return (kind === "note" ? api.note : api.reply)(conversation, { cmid, text });
  }

  // Refused for good: the words go back to where they can be read, changed and copied.
  async function turnedDown(id, cmid, error) {
    const typed = !files.has(cmid);
    takeBack(cmid);
    if (error.status === 409) await lost(id, error, typed);
    else refused({ ...error, message: typed ? `${error.message} What you typed is kept.` : error.message });
  }

  function mark(cmid, how, why = "") {
    const marked = (entry) => (entry.cmid === cmid ? { ...entry, state: how, why } : entry);
    store.change((now) => ({ ...now, outbox: now.outbox.map(marked) }));
  }

  function drop(cmid) {
    files.delete(cmid);
    store.change((now) => ({ ...now, outbox: now.outbox.filter((entry) => entry.cmid !== cmid) }));
  }

  function takeBack(cmid) {
    const entry = state().outbox.find((one) => one.cmid === cmid);
    if (!entry) return;
    if (files.has(cmid)) return drop(cmid);
    const place = entry.kind === "note" ? noteDraft(entry.conversation) : entry.conversation;
    drop(cmid);
    write(entry.conversation, entry.kind ?? "reply");
    draft(place, [entry.text, state().drafts[place]].filter(Boolean).join("\n"));
  }

  // The same client id again gives the same message, so trying twice can never say it twice.
  function deliverAll() {
    for (const entry of state().outbox.filter((one) => one.state === "failed")) deliver(entry);
  }

  return { draft, write, reply, note, attach, deliver, deliverAll, takeBack };
}

function withDraft(drafts, id, text) {
  const { [id]: _, ...others } = drafts;
  return text ? { ...others, [id]: text } : others;
}

// randomUUID is missing on plain http in a local network; this is not.
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
