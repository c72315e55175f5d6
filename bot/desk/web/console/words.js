/** The console's recurring phrases about people and where their conversations stand. */

import { ahead } from "./time.js";

/** How a conversation may end. */
export const OUTCOMES = {
  solved: "Solved",
  answered_later: "Will be answered later",
  no_reply: "No reply from the customer",
  not_ours: "Not for us",
  spam: "Spam",
};

/** Name the customer, or say honestly that nobody knows. */
export const nameOf = (summary) => summary.customer?.name || "Unknown visitor";

/** Name the customer inside a sentence. */
export const inSentence = (summary) => summary.customer?.name || "the visitor";

/** Give what a colleague is called: the first of several names. */
export const firstName = (name) => (name ?? "").trim().split(/\s+/)[0] ?? "";

/** Say who has the conversation and what happens next. */
export function ownerWords(summary, agent) {
  const { owner, state } = summary;
  if (owner.kind === "waiting") return state === "offered" ? offeredWords(summary, agent) : "Waiting";
  if (owner.kind === "bot") return "The assistant is answering";
  if (owner.kind === "closed") return endWords(summary);
  const mine = owner.agent_id === agent.id;
  if (state === "snoozed") return `${mine ? "Snoozed" : `Snoozed by ${firstName(owner.name)}`} until ${ahead(summary.snoozed_until)}`;
  if (state === "awaiting_customer") return mine ? "You answered" : `${firstName(owner.name)} answered`;
  return mine ? "You are talking" : `${owner.name} is talking`;
}

function endWords(summary) {
  if (isEnded(summary)) return "Ended by the customer";
  return summary.outcome ? `Resolved: ${outcomeWords(summary)}` : "Resolved";
}

/** Whether its visitor ended it: from an agent or the queue, or from the assistant, where nobody had to be asked. */
export function isEnded({ owner, state, outcome }) {
  return owner.kind === "closed" && (state === "ended" || !(owner.agent_id || state || outcome));
}

function offeredWords({ offered_to: to }, agent) {
  return to?.id === agent.id ? "Offered to you" : `Offered to ${firstName(to?.name) || "a colleague"}`;
}

/** Say how a conversation ended, inside a sentence. */
export const outcomeWords = ({ outcome }) => (OUTCOMES[outcome] ?? outcome ?? "").replace(/^./, (letter) => letter.toLowerCase());

export const isMine = ({ owner }, agent) => owner.kind === "agent" && owner.agent_id === agent.id;
export const isFree = ({ owner }) => owner.kind === "waiting" || owner.kind === "bot";
export const isClosed = ({ owner }) => owner.kind === "closed";
export const isSnoozed = ({ owner, state }) => owner.kind === "agent" && state === "snoozed";

/** Whoever has a conversation may end it; while it waits, everybody may. */
export const mayResolve = (summary, agent) => isMine(summary, agent) || summary.owner.kind === "waiting";

/** Join names as one says them: Noor, Noor and Sam, Noor, Sam and two more. */
export function namesOf(people) {
  const names = people.map(({ name }) => firstName(name));
  if (names.length > 3) return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0] ?? "";
}

/** Give the address when a browser may safely open it, otherwise nothing. */
export function safeAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
