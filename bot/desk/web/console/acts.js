/** What an agent can do; every act ends in a changed state, a refused one in words. */

import { NOTHING_FOUND, withDetail } from "./dispatch.js";
import { question } from "./lists.js";
import { createOutgoing } from "./outgoing.js";
import { createVerbs } from "./verbs.js";
import { isMine } from "./words.js";

/** Make the acts. `send` puts a frame on the socket, `signedOut` shows the door. */
export function createActs({ api, store, send, signedOut }) {
  const state = () => store.get();
  const base = { api, store, load, refused, lost, signedOut };
  const verbs = createVerbs(base);
  const outgoing = createOutgoing({ ...base, claim: verbs.claim });
  let loading = null;

  async function open(id) {
    if (state().openId !== id) store.change({ openId: id, detail: null, early: [], typing: null, notice: null });
    send({ op: "watch", conversation: id });
    if (id) await load(id);
  }

  function load(id) {
    loading = fetchWhole(id);
    return loading;
  }

  // What was said after the desk read the conversation and before it watched it was told to nobody.
  async function catchUp({ conversation, last_seq }) {
    await loading;
    const { openId, detail } = state();
    if (openId === conversation && detail?.messages && !isWhole(detail.messages, last_seq)) await load(conversation);
  }

  async function fetchWhole(id) {
    try {
      const detail = await api.conversation(id);
      store.change((now) => withDetail(now, detail));
    } catch (error) {
      if (error.signedOut) signedOut();
      else store.change((now) => (now.openId === id && !now.detail?.summary ? { ...now, detail: { failed: error.message } } : now));
    }
  }

  function refused(error) {
    if (error.signedOut) signedOut();
    else store.change({ notice: { kind: "error", text: error.offline ? "The desk cannot be reached, so nothing was changed. What you typed is kept." : error.message } });
  }

  // Whoever lost a race hears who has the conversation now, from the desk's own present state.
  async function lost(id, error, typed) {
    await load(id);
    const { detail, agent } = state();
    if (detail?.summary?.id === id) store.change({ notice: { kind: "error", text: lostWords(detail.summary, agent, typed) } });
    else refused(error);
  }

  // Ask the desk for what is not here: past conversations, and words somebody said.
  async function look() {
    const asked = question(state());
    if (!asked) { if (state().found !== NOTHING_FOUND) store.change({ found: NOTHING_FOUND }); return; }
    const { found } = state();
    const again = found.question === asked;
    store.change({ found: { ...(again ? found : NOTHING_FOUND), question: asked, how: again && found.how === "done" ? "done" : "asking" } });
    await fetchInto(asked, {});
  }

  async function more() {
    const { found } = state();
    if (!found.next || found.how !== "done") return;
    store.change({ found: { ...found, how: "more" } });
    await fetchInto(found.question, { before: found.next });
  }

  async function fetchInto(asked, page) {
    const { view, ...filters } = JSON.parse(asked);
    try {
      const { conversations, counts, next = null } = await api.list(view, { ...filters, ...page });
      store.change((now) => (now.found.question === asked ? { ...now, counts: counts ?? now.counts, found: {
        question: asked, next, how: "done", conversations: page.before ? [...now.found.conversations, ...conversations] : conversations } } : now));
    } catch (error) {
      if (error.signedOut) signedOut();
      else store.change((now) => (now.found.question === asked ? { ...now, found: { ...now.found, how: "failed" } } : now));
    }
  }

  // Who is there, and the prepared answers: useful, but the desk works without them.
  async function loadTeam() {
    const told = await api.team().catch(() => null);
    if (told?.agents) store.change({ team: told.agents });
  }

  async function loadCanned() {
    const told = await api.canned().catch(() => null);
    if (told) store.change({ canned: { known: true, replies: told.canned ?? told.replies ?? [], facts: told.facts ?? {} } });
  }

  async function breather(minutes) {
    try {
      await api.breather(minutes);
      await loadTeam();
      store.change({ notice: { kind: "done", text: minutes ? "Enjoy your breather. Nothing new is offered to you; you may still take what you like." : "Welcome back. You are offered conversations again." } });
    } catch (error) {
      refused(error);
    }
  }

  return { open, load, catchUp, look, more, loadTeam, loadCanned, breather, ...verbs, ...outgoing };
}

function lostWords(summary, agent, typed) {
  const kept = typed ? " What you typed is kept." : "";
  const { owner } = summary;
  if (owner.kind === "closed") return `This conversation was resolved in the meantime.${kept}`;
  if (isMine(summary, agent)) return `This conversation is yours already.${kept}`;
  if (owner.kind === "agent") return `${owner.name} has this conversation now.${kept}`;
  return `This conversation changed while you were looking. You see it as it is now; please try again.${kept}`;
}

/** Tell whether messages reach up to a number with none missing between them. */
function isWhole(messages, last) {
  const [first, newest] = [messages[0]?.seq ?? 1, messages.at(-1)?.seq ?? 0];
  return newest >= last && newest - first + 1 === messages.length;
}
