/** The console's recurring phrases about people. */

/** Name the customer, or say honestly that nobody knows. */
export const nameOf = (summary) => summary.customer?.name || "Unknown visitor";

/** Name the customer inside a sentence. */
export const inSentence = (summary) => summary.customer?.name || "the visitor";

/** Say who has the conversation. */
export function ownerWords({ owner }, agent) {
  if (owner.kind === "waiting") return "Waiting";
  if (owner.kind === "bot") return "The assistant is answering";
  if (owner.kind === "closed") return "Resolved";
  return owner.agent_id === agent.id ? "You are talking" : `${owner.name} is talking`;
}

export const isMine = ({ owner }, agent) => owner.kind === "agent" && owner.agent_id === agent.id;
export const isFree = ({ owner }) => owner.kind === "waiting" || owner.kind === "bot";

/** Whoever has a conversation may end it; while it waits, everybody may. */
export const mayResolve = (summary, agent) => isMine(summary, agent) || summary.owner.kind === "waiting";

/** Give the address when a browser may safely open it, otherwise nothing. */
export function safeAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
