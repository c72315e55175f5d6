/** The conversation as lines on the screen: days, dividers, bubbles in groups. Data in, data out. */

import { dayOf, sameDay, timeOf } from "./clock.js";
import { WORDS } from "./words.js";

const GROUP_GAP = 5 * 60 * 1000;
const DIVIDER_LIMIT = 44; // signs: one line on the narrowest screen, as far as can be known

/** Return rows with a stable `key`: {kind: day|divider|note|bubble, …}. */
export function rowsOf(entries, { owner, assistant }, now = new Date()) {
  const rows = [];
  let before = null;
  let agent = null;
  let told = "";
  for (const entry of entries) {
    if (!before || !sameDay(before.at, entry.at)) rows.push(dayRow(entry, now));
    if (entry.speaker === "system") {
      told += entry.text;
      rows.push(systemRow(entry));
    } else {
      const turn = turnRow(entry, agent, told);
      if (turn) rows.push(turn);
      if (entry.speaker !== "visitor") [agent, told] = [entry.speaker === "agent" ? entry.name : null, ""];
      rows.push(bubbleRow(entry, rows.at(-1), assistant));
    }
    before = entry;
  }
  if (owner.kind === "agent" && owner.name && owner.name !== agent && !told.includes(owner.name))
    rows.push({ kind: "divider", key: "turn-now", text: WORDS.joined(owner.name) });
  return rows;
}

function dayRow({ key, at }, now) {
  return { kind: "day", key: `day-${key}`, text: dayOf(at, now) };
}

/** What the desk says in a few words is a divider; more than that reads as a note. */
function systemRow({ key, text }) {
  return { kind: text.length <= DIVIDER_LIMIT ? "divider" : "note", key, text };
}

/** A divider where the other side changes, unless the desk has just said so itself. */
function turnRow({ key, speaker, name }, agent, told) {
  if (speaker === "agent" && name !== agent && !told.includes(name))
    return { kind: "divider", key: `turn-${key}`, text: WORDS.joined(name) };
  if (speaker === "bot" && agent && !told)
    return { kind: "divider", key: `turn-${key}`, text: WORDS.botBack };
  return null;
}

function bubbleRow(entry, above, assistant) {
  const follows = above?.kind === "bubble" && sameGroup(above.entry, entry);
  if (follows) above.last = false;
  const name = entry.name ?? assistant;
  const said = entry.speaker === "visitor" ? WORDS.said.visitor : WORDS.said[entry.speaker](name);
  const who = { visitor: WORDS.you, bot: WORDS.bot(name), agent: name }[entry.speaker];
  return { kind: "bubble", key: entry.key, entry, said, who, time: timeOf(entry.at), first: !follows, last: true };
}

function sameGroup(one, other) {
  return one.speaker === other.speaker && one.name === other.name && other.at - one.at < GROUP_GAP;
}
