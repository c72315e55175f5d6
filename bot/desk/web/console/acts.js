/** What an agent can do; every act ends in a changed state, a refused one in words. */

import { withDetail, withMessage, withSummary } from "./dispatch.js";
import { inSentence, isFree, isMine } from "./words.js";

/** Make the acts. `send` puts a frame on the socket, `signedOut` shows the door. */
export function createActs({ api, store, send, signedOut }) {
  const state = () => store.get();
  const tell = (kind, text) => store.change({ notice: { kind, text } });
  const current = () => state().detail?.summary;

  async function open(id) {
    if (state().openId !== id) store.change({ openId: id, detail: null, early: [], typing: null, notice: null });
    send({ op: "watch", conversation: id });
    if (id) await load(id);
  }

  async function load(id) {
    try {
      const detail = await api.conversation(id);
      store.change((now) => withDetail(now, detail));
    } catch (error) {
      if (error.signedOut) signedOut();
      else store.change((now) => (now.openId === id && !now.detail?.summary ? { ...now, detail: { failed: error.message } } : now));
    }
  }

  async function loadResolved() {
    try {
      const { conversations, counts } = await api.list("resolved");
      store.change({ resolved: conversations, counts });
    } catch (error) {
      refused(error);
    }
  }

  function refused(error) {
    if (error.signedOut) signedOut();
    else tell("error", error.offline ? "The desk cannot be reached, so nothing was changed. What you typed is kept." : error.message);
  }

  // Whoever lost a race hears who has the conversation now, from the desk's own present state.
  async function outrun(id, error) {
    await load(id);
    const summary = current();
    const typed = Boolean(state().drafts[id]) || state().outbox.some(({ conversation }) => conversation === id);
    if (summary?.id === id) tell("error", lostWords(summary, state().agent, typed));
    else refused(error);
  }

  async function attempt(id, does, done) {
    try {
      const { summary } = await does(current().version);
      store.change((now) => ({ ...withSummary(now, summary), notice: done ? { kind: "done", text: done } : null }));
      return true;
    } catch (error) {
      if (error.status === 409) await outrun(id, error);
      else refused(error);
      return false;
    }
  }

  // Claiming twice is claiming: a reply sent while "Take over" is still on its way must not lose to it.
  const claims = new Map();
  function claim(id) {
    if (!claims.has(id)) claims.set(id, attempt(id, (version) => api.claim(id, version)).finally(() => claims.delete(id)));
    return claims.get(id);
  }

  const handBack = (id, note) => attempt(id, (version) => api.handBack(id, version, note),
    `Handed back. The assistant goes on with ${inSentence(current())}.`);
  const resolve = (id) => attempt(id, (version) => api.resolve(id, version), "Resolved.");

  function draft(id, text) {
    store.change((now) => ({ ...now, drafts: withDraft(now.drafts, id, text) }));
  }

  function reply(id, text) {
    const entry = { conversation: id, cmid: newId(), text, state: "sending", why: "" };
    store.change((now) => ({ ...now, notice: null, drafts: withDraft(now.drafts, id, ""), outbox: [...now.outbox, entry] }));
    return deliver(entry);
  }

  async function deliver({ conversation, cmid, text }) {
    mark(cmid, "sending");
    if (current()?.id === conversation && isFree(current()) && !(await claim(conversation))) return takeBack(cmid);
    try {
      const { message } = await api.reply(conversation, cmid, text);
      drop(cmid);
      store.change((now) => withMessage(now, conversation, message));
    } catch (error) {
      if (error.signedOut) signedOut();
      else if (error.offline) mark(cmid, "failed");
      else await notMine(conversation, cmid, error);
    }
  }

  // Refused for good: the words go back to where they can be read, changed and copied.
  async function notMine(id, cmid, error) {
    takeBack(cmid);
    await load(id);
    const summary = current();
    if (summary?.id === id && !isMine(summary, state().agent)) tell("error", lostWords(summary, state().agent, true));
    else tell("error", `${error.message} What you typed is kept.`);
  }

  function mark(cmid, how, why = "") {
    const marked = (entry) => (entry.cmid === cmid ? { ...entry, state: how, why } : entry);
    store.change((now) => ({ ...now, outbox: now.outbox.map(marked) }));
  }

  function drop(cmid) {
    store.change((now) => ({ ...now, outbox: now.outbox.filter((entry) => entry.cmid !== cmid) }));
  }

  function takeBack(cmid) {
    const entry = state().outbox.find((one) => one.cmid === cmid);
    if (!entry) return;
    drop(cmid);
    draft(entry.conversation, [entry.text, state().drafts[entry.conversation]].filter(Boolean).join("\n"));
  }

  // The same client id again gives the same message, so trying twice can never say it twice.
  function deliverAll() {
    for (const entry of state().outbox.filter((one) => one.state === "failed")) deliver(entry);
  }

  return { open, load, loadResolved, claim, handBack, resolve, draft, reply, deliver, deliverAll, takeBack };
}

function withDraft(drafts, id, text) {
  const { [id]: _, ...others } = drafts;
  return text ? { ...others, [id]: text } : others;
}

function lostWords(summary, agent, typed) {
  const kept = typed ? " What you typed is kept." : "";
  const { owner } = summary;
  if (owner.kind === "closed") return `This conversation was resolved in the meantime.${kept}`;
  if (isMine(summary, agent)) return `This conversation is yours already.${kept}`;
  if (owner.kind === "agent") return `${owner.name} has this conversation now.${kept}`;
  return `This conversation changed while you were looking. You see it as it is now; please try again.${kept}`;
}

// randomUUID is missing on plain http in a local network; this is not.
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
