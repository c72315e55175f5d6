/** One conversation in a list: who, what, how they feel, how long, and why it stands there. */

import { foundWords } from "./afterwards.js";
import { fill, h } from "./dom.js";
import { moodBadge, vip } from "./shapes.js";
import { ahead, moment, since } from "./time.js";
import { OUTCOMES, firstName, isMine, isSnoozed, nameOf } from "./words.js";

/** Make an empty row; `update` fills it. */
export function makeRow({ id }) {
  return h("li", { class: "row", "data-id": id }, h("a", {}));
}

/** Draw the row for what `summary` says now. */
export function updateRow(row, summary, agent) {
  row.dataset.kind = summary.owner.kind;
  row.toggleAttribute("data-aside", isSnoozed(summary));
  fill(row.firstElementChild,
    h("span", { class: "row-top" }, h("span", { class: "row-name", dir: "auto" }, nameOf(summary)), summary.customer?.vip && vip(), unread(summary), rowTime(summary)),
    h("span", { class: "row-situation", dir: "auto" }, situation(summary)),
    h("span", { class: "row-bottom" }, moodBadge(summary.mood), why(summary, agent)));
}

function situation({ situation: told, owner, last_message: last }) {
  if (told) return told;
  return owner.kind === "waiting" && last?.speaker !== "visitor" ? "The brief is being written" : last?.text ?? "Nothing said yet";
}

function rowTime(summary) {
  const { owner, waiting_since: from, channel } = summary;
  const waits = owner.kind === "waiting" && from;
  return h("span", { class: "row-time" }, channel && `${channel[0].toUpperCase()}${channel.slice(1)} · `,
    waits ? [h("span", { class: "unseen" }, "waiting "), h("time", { class: "waits", datetime: from, "data-since": from }, since(from))]
      : moment(summary.resolved_at ?? summary.last_message?.at ?? summary.opened_at));
}

// In the queue the reason counts; everywhere else, with whom it is and what comes next.
function why(summary, agent) {
  const words = whyWords(summary, agent);
  return words ? h("span", { class: "row-why", title: words }, words) : null;
}

function whyWords(summary, agent) {
  const { owner, state, reasons, offered_to: to } = summary;
  if (owner.kind === "waiting") return state === "offered" ? (to?.id === agent.id ? "Offered to you" : `Offered to ${firstName(to?.name)}`) : reasons?.[0]?.label;
  if (owner.kind === "bot") return "With the assistant";
  if (owner.kind === "closed") return [OUTCOMES[summary.outcome], foundWords(summary.survey)].filter(Boolean).join(" · ");
  const whose = isMine(summary, agent) ? "" : owner.name;
  const stands = state === "snoozed" ? `Snoozed until ${ahead(summary.snoozed_until)}` : mineWords(summary);
  return [whose, stands].filter(Boolean).join(" · ");
}

function mineWords({ state, last_message: last }) {
  if (state === "awaiting_customer") return "Waiting for their answer";
  return last?.speaker === "visitor" ? "Waits for an answer" : "";
}

function unread({ owner, unread: count }) {
  return count > 0 && owner.kind !== "closed" ? h("span", { class: "unread" }, String(count), h("span", { class: "unseen" }, count === 1 ? " new message" : " new messages")) : null;
}
