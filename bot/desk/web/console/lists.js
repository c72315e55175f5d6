/** Which conversations stand in which list, in which order, and why the first is first. */

export const VIEWS = [
  { name: "queue", title: "Queue", order: "Most urgent first" },
  { name: "mine", title: "Mine", order: "Waiting for your answer first" },
  { name: "all", title: "All", order: "Latest first" },
  { name: "resolved", title: "Resolved", order: "Latest first" },
];

const kindIs = (kind) => ({ owner }) => owner.kind === kind;
const later = (one, other) => (one < other ? 1 : one > other ? -1 : 0);
const lastAt = (summary) => summary.last_message?.at ?? summary.opened_at ?? "";
const unanswered = (summary) => Number(summary.last_message?.speaker === "visitor");

const BELONGS = {
  queue: () => kindIs("waiting"),
  mine: (agent) => ({ owner }) => owner.kind === "agent" && owner.agent_id === agent.id,
  all: () => () => true,
};

const ORDER = {
  queue: (one, other) => other.urgency - one.urgency || later(other.waiting_since, one.waiting_since),
  mine: (one, other) => unanswered(other) - unanswered(one) || other.urgency - one.urgency,
  all: (one, other) => later(lastAt(one), lastAt(other)),
  resolved: (one, other) => later(one.resolved_at ?? "", other.resolved_at ?? ""),
};

/** Give the conversations of the present list, filtered and in order. */
export function listed({ view, conversations, resolved, agent, filter }) {
  const all = view === "resolved" ? resolved ?? [] : [...conversations.values()].filter(BELONGS[view](agent));
  return all.filter((summary) => matches(summary, filter)).sort(ORDER[view]);
}

/** Give the conversation that needs a person most, or nothing. */
export function mostUrgent(state) {
  return listed({ ...state, view: "queue", filter: "" })[0];
}

/** Count what wants this agent's eyes: everybody waiting, and answers in their own conversations. */
export function wantingEyes({ conversations, agent, openId }, looking = true) {
  const mine = BELONGS.mine(agent);
  const unread = (summary) => mine(summary) && summary.unread > 0 && !(looking && summary.id === openId);
  return [...conversations.values()].filter((summary) => kindIs("waiting")(summary) || unread(summary)).length;
}

function matches(summary, filter) {
  const wanted = filter.trim().toLowerCase();
  if (!wanted) return true;
  const words = [summary.customer?.name, summary.situation, summary.last_message?.text, summary.channel,
    summary.mood?.label, ...(summary.reasons ?? []).map(({ label }) => label)];
  return words.some((word) => word?.toLowerCase().includes(wanted));
}
