/** What each frame of the desk changes: one entry per `op`, state in, state out. */

import { NO_FILTERS } from "./lists.js";
import { isEnded, isMine, nameOf } from "./words.js";

export const NOTHING_FOUND = { question: null, conversations: [], next: null, how: "done" };

/** The state before anything is known. */
export function emptyState(agent) {
  return {
    agent,
    link: "connecting",
    ready: false,
    page: null,
    view: "queue",
    filters: NO_FILTERS,
    conversations: new Map(),
    counts: { queue: 0, mine: 0, all: 0, resolved: 0 },
    found: NOTHING_FOUND,
    passed: null,
    openId: null,
    details: false,
    detail: null,
    early: [],
    typing: null,
    notice: null,
    modes: {},
    drafts: {},
    outbox: [],
    team: [],
    canned: { known: false, replies: [], facts: {} },
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
  note: (state, { conversation, note }) => withNote(state, conversation, note),
  survey: (state, { conversation, survey }) => withSurvey(state, conversation, survey),
  viewers: (state, { conversation, agents }) => ofOpen(state, conversation, { viewers: agents }),
  read: (state, { conversation, seq }) => ofOpen(state, conversation, { seen: Math.max(seq, state.detail?.seen ?? 0) }),
  offer: withOffer,
  erased: withoutErased,
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
  const notice = wasEnded(state, summary) ? { kind: "done", text: `${nameOf(summary)} has ended the chat.` } : state.notice;
  return { ...state, conversations, notice, found: foundWith(state.found, summary), detail: detailWith(state, summary) };
}

/** Tell whether its visitor has just ended what this agent had. */
function wasEnded({ conversations, agent }, summary) {
  const before = conversations.get(summary.id);
  return isEnded(summary) && Boolean(before) && isMine(before, agent);
}

// A visitor may have everything erased at any moment; nothing of it stays on a screen, drafts neither.
function withoutErased(state, { conversation }) {
  const conversations = new Map(state.conversations);
  conversations.delete(conversation);
  const kept = (id) => id.split(" ")[0] !== conversation;
  const drafts = Object.fromEntries(Object.entries(state.drafts).filter(([id]) => kept(id)));
  return {
    ...state, conversations, drafts,
    found: { ...state.found, conversations: state.found.conversations.filter(({ id }) => id !== conversation) },
    outbox: state.outbox.filter((entry) => entry.conversation !== conversation),
    detail: state.openId === conversation ? { erased: true } : state.detail,
  };
}

// An offer may be told before the summary that shows it.
function withOffer(state, { conversation, until, assignment }) {
  const known = state.conversations.get(conversation);
  if (!known || known.owner.kind !== "waiting") return state;
  const { id, name } = state.agent;
  return withSummary(state, { ...known, state: "offered", offered_to: { id, name }, offered_until: until, assignment });
}

/** Put in what the desk told about the open conversation, with the messages that were faster. */
export function withDetail(state, detail) {
  if (state.openId !== detail.summary.id) return state;
  const known = state.detail?.messages ?? [];
  const messages = merged([...known, ...state.early], detail.messages);
  const notes = byTime([...(state.detail?.notes ?? []), ...(detail.notes ?? [])]);
  const seen = Math.max(state.detail?.seen ?? 0, detail.visitor_seen_seq ?? detail.summary.visitor_seen_seq ?? 0);
  const told = { ...unchanged(state.detail, { ...detail, notes }), summary: newest(state, detail.summary), messages, seen };
  return withSummary({ ...state, early: [], detail: told }, told.summary);
}

// What was told again without news stays the same object, so that nothing under the agent's hands is drawn anew.
const PARTS = ["brief", "card", "mood", "notes", "earlier", "handoff", "surveys", "viewers"];

function unchanged(old, fresh) {
  const told = (part) => JSON.stringify(Array.isArray(part) ? part : { ...part, fetched_at: null });
  const same = PARTS.filter((name) => old?.[name] && fresh[name] && told(old[name]) === told(fresh[name]));
  return { ...fresh, ...Object.fromEntries(same.map((name) => [name, old[name]])) };
}

function newest({ conversations }, summary) {
  const known = conversations.get(summary.id);
  return known && known.version > summary.version ? known : summary;
}

function foundWith(found, summary) {
  const closed = summary.owner.kind === "closed";
  const resolvedOnly = found.question === '{"view":"resolved"}';
  const known = found.conversations.some(({ id }) => id === summary.id);
  if (!known && !(closed && resolvedOnly)) return found;
  const others = found.conversations.filter(({ id }) => id !== summary.id);
  return { ...found, conversations: [summary, ...others] };
}

function detailWith({ detail }, summary) {
  return detail?.summary?.id === summary.id ? { ...detail, summary } : detail;
}

function ofOpen(state, conversation, told) {
  return state.detail?.summary?.id === conversation ? { ...state, detail: { ...state.detail, ...told } } : state;
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

/** Add a private note to the open conversation; its id is its identity. */
export function withNote(state, conversation, note) {
  return ofOpen(state, conversation, { notes: byTime([...(state.detail?.notes ?? []), note]) });
}

function withSurvey(state, conversation, survey) {
  const others = (state.detail?.surveys ?? []).filter(({ id }) => id !== survey.id);
  return ofOpen(state, conversation, { surveys: [survey, ...others] });
}

function byTime(notes) {
  return [...new Map(notes.map((note) => [note.id, note])).values()].sort((one, other) => new Date(one.at) - new Date(other.at));
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
