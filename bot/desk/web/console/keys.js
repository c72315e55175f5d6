/** The keys of the console: one table for what they do and for the sheet that shows them. */

import { chosen } from "./kept.js";

/** Give the table; every entry names its keys, what they do, and how. */
export function keyTable({ step, openRow, next, reply, claim, handBack, resolve, filter, sheet, escape }) {
  return [
    { keys: ["j", "k"], shown: ["j", "k"], does: "Next or previous conversation in the list", run: (key) => step(key === "j" ? 1 : -1) },
    { keys: ["Enter"], shown: ["Enter"], does: "Open it", run: openRow, natural: true },
    { keys: ["n"], shown: ["n"], does: "Open the most urgent one that is waiting", run: next },
    { keys: ["t"], shown: ["t"], does: "Take over", run: claim },
    { keys: ["r"], shown: ["r"], does: "Write a reply", run: reply },
    { keys: ["h"], shown: ["h"], does: "Hand back to the assistant", run: handBack },
    { keys: ["e"], shown: ["e"], does: "Resolve", run: resolve },
    { keys: ["/"], shown: ["/"], does: "Filter the list", run: filter },
    { keys: ["?"], shown: ["?"], does: "Show these keys", run: sheet },
    { keys: ["Escape"], shown: ["Esc"], does: "Leave the text, clear the filter, close", run: escape, whileWriting: true },
  ];
}

/** Listen for the keys; `blocked` says when a dialog has them. Gives back how to stop. */
export function listenForKeys(table, blocked) {
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || blocked()) return;
    const entry = table.find(({ keys }) => keys.includes(event.key));
    if (!entry || entry.natural) return;
    if (!entry.whileWriting && (writing(event.target) || !chosen("keys", true))) return;
    if (!entry.whileWriting) event.preventDefault();
    entry.run(event.key);
  }
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

const writing = (target) => target.matches?.("input, textarea, select, [contenteditable]");
