/** Which conversations stand in which list, in which order, and why the first is first. */

import { isUnhappy } from "./afterwards.js";
import { isSnoozed } from "./words.js";

export const VIEWS = [
  { name: "queue", title: "Queue", order: "Most urgent first" },
  { name: "mine", title: "Mine", order: "Waiting for your answer first" },
  { name: "all", title: "All", order: "Latest first" },
  { name: "resolved", title: "Resolved", order: "Latest first" },
];
export const NO_FILTERS = { q: "", mood: "", reason: "", agent: "", survey: "" };

const kindIs = (kind) => ({ owner }) => owner.kind === kind;
const later = (one, other) => (one < other ? 1 : one > other ? -1 : 0);
const lastAt = (summary) => summary.last_message?.at ?? summary.opened_at ?? "";
const unanswered = (summary) => Number(summary.last_message?.speaker === "visitor" && !isSnoozed(summary));

const BELONGS = {
  queue: () => kindIs("waiting"),
  mine: (agent) => ({ owner }) => owner.kind === "agent" && owner.agent_id === agent.id,
  all: () => ({ owner }) => owner.kind !== "closed",
  resolved: () => kindIs("closed"),
};

const ORDER = {
  queue: (one, other) => other.urgency - one.urgency || later(other.waiting_since, one.waiting_since),
  mine: (one, other) => isSnoozed(one) - isSnoozed(other) || unanswered(other) - unanswered(one) || other.urgency - one.urgency,
  all: (one, other) => later(lastAt(one), lastAt(other)),
  resolved: (one, other) => later(one.resolved_at ?? "", other.resolved_at ?? ""),
};

export const isFiltered = (filters) => Object.values(filters).some((value) => value.trim());

/** Give what the desk has to be asked for the present list, or null when all of it is here already. */
export function question({ view, filters }) {
  if (view !== "resolved" && !isFiltered(filters)) return null;
  return JSON.stringify({ view, ...Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value)) });
}

/** Give the conversations of the present list in order: those known here, and what the desk found besides. */
export function listed({ view, conversations, found, agent, filters }) {
  const asked = question({ view, filters });
  const told = asked && found.question === asked ? found.conversations : [];
  const belongs = BELONGS[view](agent);
  const here = [...conversations.values()].filter((summary) => belongs(summary) && matches(summary, filters));
  const known = new Map(here.map((summary) => [summary.id, summary]));
  for (const summary of told) {
    const newest = conversations.get(summary.id) ?? summary;
    if (belongs(newest)) known.set(summary.id, newest);
  }
  return [...known.values()].sort(ORDER[view]);
}

/** Give the conversation that needs a person most, or nothing. */
export function mostUrgent(state) {
  return listed({ ...state, view: "queue", filters: NO_FILTERS })[0];
}

/** Give the conversations that are offered to this agent now, the one that runs out first on top. */
export function offersTo({ conversations, agent, passed }, present) {
  const open = ({ id, owner, state, offered_to: to, offered_until: until }) =>
    owner.kind === "waiting" && state === "offered" && to?.id === agent.id && passed !== `${id} ${until}` && new Date(until) > present;
  return [...conversations.values()].filter(open).sort((one, other) => new Date(one.offered_until) - new Date(other.offered_until));
}

/** Count what wants this agent's eyes: everybody waiting, and answers in their own conversations. */
export function wantingEyes({ conversations, agent, openId }, looking = true) {
  const mine = BELONGS.mine(agent);
  const unread = (summary) => mine(summary) && summary.unread > 0 && !(looking && summary.id === openId);
  return [...conversations.values()].filter((summary) => kindIs("waiting")(summary) || unread(summary)).length;
}

/** Give every reason that is seen in a list, so that one may be chosen: code and label, each once. */
export function reasonsSeen({ conversations, found }) {
  const all = [...conversations.values(), ...found.conversations].flatMap(({ reasons }) => reasons ?? []);
  return [...new Map(all.map(({ code, label }) => [code, label]))].sort(([, one], [, other]) => one.localeCompare(other));
}

function matches(summary, { q, mood, reason, agent, survey }) {
  if (mood && summary.mood?.label !== mood) return false;
  if (reason && !(summary.reasons ?? []).some(({ code }) => code === reason)) return false;
  if (agent && summary.owner.agent_id !== agent) return false;
  if (survey && !(survey === "unhappy" ? isUnhappy(summary.survey) : summary.survey)) return false;
  const wanted = q.trim().toLowerCase();
  if (!wanted) return true;
  const words = [summary.customer?.name, summary.situation, summary.last_message?.text, summary.channel,
    summary.mood?.label, ...(summary.reasons ?? []).map(({ label }) => label)];
  return words.some((word) => word?.toLowerCase().includes(wanted));
}
