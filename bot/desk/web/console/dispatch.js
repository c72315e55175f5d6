/** What each frame of the desk changes: one entry per `op`, state in, state out. */

/** The state before anything is known. */
export function emptyState(agent) {
  return {
    agent,
    link: "connecting",
    ready: false,
    view: "queue",
    filter: "",
    conversations: new Map(),
    counts: { queue: 0, mine: 0, all: 0, resolved: 0 },
    resolved: null,
    openId: null,
    details: false,
    detail: null,
    early: [],
    typing: null,
    notice: null,
    drafts: {},
    outbox: [],
  };
}

export const dispatch = {
  snapshot: (state, { conversations, counts }) => ({
    ...state,
    ready: true,
    conversations: new Map(conversations.map((summary) => [summary.id, summary])),
    counts: counts ?? state.counts,
    typing: null,
  }),
  conversation: (state, { summary }) => withSummary(state, summary),
  message: (state, { conversation, message }) => withMessage(state, conversation, message),
  typing: (state, frame) => ({ ...state, typing: frame.on ? frame : null }),
  counts: (state, { counts }) => ({ ...state, counts }),
  error: (state, { text }) => ({ ...state, notice: text ? { kind: "error", text } : state.notice }),
  pong: (state) => state,
};

/** Put in a new summary, unless a newer one is already there. */
export function withSummary(state, summary) {
  if (newest(state, summary) !== summary) return state;
  const conversations = new Map(state.conversations);
  if (summary.owner.kind === "closed") conversations.delete(summary.id);
  else conversations.set(summary.id, summary);
  return { ...state, conversations, resolved: resolvedWith(state.resolved, summary), detail: detailWith(state, summary) };
}

/** Put in what the desk told about the open conversation, with the messages that were faster. */
export function withDetail(state, detail) {
  if (state.openId !== detail.summary.id) return state;
  const known = state.detail?.messages ?? [];
  const messages = merged([...known, ...state.early], detail.messages);
  const told = { ...unchanged(state.detail, detail), summary: newest(state, detail.summary), messages };
  return withSummary({ ...state, early: [], detail: told }, told.summary);
}

// What was told again without news stays the same object, so that nothing under the agent's hands is drawn anew.
function unchanged(old, fresh) {
  const told = (part) => JSON.stringify({ ...part, fetched_at: null });
  const same = ["brief", "card", "mood"].filter((name) => old?.[name] && told(old[name]) === told(fresh[name]));
  return { ...fresh, ...Object.fromEntries(same.map((name) => [name, old[name]])) };
}

function newest({ conversations }, summary) {
  const known = conversations.get(summary.id);
  return known && known.version > summary.version ? known : summary;
}

function resolvedWith(resolved, summary) {
  if (!resolved) return resolved;
  const others = resolved.filter(({ id }) => id !== summary.id);
  return summary.owner.kind === "closed" ? [summary, ...others] : others;
}

function detailWith({ detail }, summary) {
  return detail?.summary?.id === summary.id ? { ...detail, summary } : detail;
}

/** Add a message to the open conversation; the sequence number is its identity and its place. */
export function withMessage(state, conversation, message) {
  const { detail } = state;
  if (state.openId !== conversation) return state;
  if (detail?.summary?.id !== conversation) return { ...state, early: [...state.early, message] };
  const typing = state.typing?.speaker === message.speaker ? null : state.typing;
  return { ...state, typing, outbox: withoutSent(state.outbox, message),
    detail: { ...detail, messages: merged(detail.messages, [message]) } };
}

function withoutSent(outbox, { cmid }) {
  return cmid && outbox.some((entry) => entry.cmid === cmid) ? outbox.filter((entry) => entry.cmid !== cmid) : outbox;
}

/** Join two lists of messages, each sequence number once, in order. */
export function merged(known, fresh) {
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of fresh) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}
