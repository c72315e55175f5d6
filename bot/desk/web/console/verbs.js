/** The moves that change where a conversation stands; whoever loses a race hears who has it. */

import { withSummary } from "./dispatch.js";
import { ahead } from "./time.js";
import { inSentence } from "./words.js";

/** Make the moves. Each gives whether it was done. */
export function createVerbs({ api, store, load, refused, lost }) {
  const known = (id) => {
    const { detail, conversations, found } = store.get();
    return detail?.summary?.id === id ? detail.summary : conversations.get(id) ?? found.conversations.find((one) => one.id === id);
  };
  const typed = (id) => Boolean(store.get().drafts[id]) || store.get().outbox.some(({ conversation }) => conversation === id);

  async function attempt(id, does, done = null) {
    try {
      const { summary } = await does(known(id)?.version);
      store.change((now) => ({ ...(summary ? withSummary(now, summary) : now), notice: done ? { kind: "done", text: done } : null }));
      if (store.get().openId === id) load(id);
      return true;
    } catch (error) {
      if (error.status === 409) await lost(id, error, typed(id));
      else refused(error);
      return false;
    }
  }

  // Claiming twice is claiming: a reply sent while "Take over" is still on its way must not lose to it.
  const claims = new Map();
  function claim(id) {
    if (!claims.has(id)) claims.set(id, attempt(id, (version) => api.claim(id, { version })).finally(() => claims.delete(id)));
    return claims.get(id);
  }

  // Passing puts the card away at once; the desk offers the conversation to somebody else.
  function pass(id) {
    store.change((now) => ({ ...now, passed: `${id} ${now.conversations.get(id)?.offered_until}` }));
    return attempt(id, () => api.pass(id, {}));
  }

  async function verdict(id, judged) {
    const before = store.get().detail?.handoff;
    setVerdict(id, { ...before?.verdict, ...judged });
    try {
      await api.verdict(id, judged);
    } catch (error) {
      setVerdict(id, before?.verdict ?? null);
      refused(error);
    }
  }

  function setVerdict(id, told) {
    store.change((now) => (now.detail?.summary?.id === id && now.detail.handoff
      ? { ...now, detail: { ...now.detail, handoff: { ...now.detail.handoff, verdict: told } } } : now));
  }

  const who = (id) => inSentence(known(id) ?? {});
  return {
    claim,
    pass,
    verdict,
    handBack: (id, note) => attempt(id, (version) => api.handBack(id, { version, note }), `Handed back. The assistant goes on with ${who(id)}.`),
    resolve: (id, outcome) => attempt(id, (version) => api.resolve(id, { version, outcome }), "Resolved."),
    transfer: (id, to, note, name) => attempt(id, (version) => api.transfer(id, { version, ...to, note }), `Offered to ${name}. ${note ? "Your note is with it." : "They see everything that was said."}`),
    release: (id) => attempt(id, (version) => api.release(id, { version }), `Back in the queue. ${who(id)} keeps their place.`.replace(/^./, (letter) => letter.toUpperCase())),
    snooze: (id, until) => attempt(id, (version) => api.snooze(id, { version, until }), `Snoozed until ${ahead(until)}. It comes back at once if ${who(id)} writes.`),
    transcript: (id, email) => attempt(id, () => api.transcript(id, { email }), `The transcript goes to ${email}.`),
    reopen: (id) => attempt(id, (version) => api.reopen(id, { version }), "Open again, and yours."),
  };
}
