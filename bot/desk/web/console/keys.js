/** The keys of the console: one table for what they do and for the sheet that shows them. */

import { chosen } from "./kept.js";

const LISTS = "Lists";
const HERE = "This conversation";
const ELSE = "Everywhere";

/** Give the table; every entry names its keys, what they do, and how. `does` holds one act for each. */
export function keyTable(does) {
  return [
    { group: LISTS, keys: ["j", "k"], does: "Next or previous conversation in the list", run: (key) => does.step(key === "j" ? 1 : -1) },
    { group: LISTS, keys: ["Enter"], does: "Open it", natural: true },
    { group: LISTS, keys: ["n"], does: "Open the most urgent one that is waiting", run: does.next },
    { group: LISTS, keys: ["1", "2", "3", "4"], does: "Queue, Mine, All, Resolved", run: (key) => does.list(Number(key) - 1) },
    { group: LISTS, keys: ["/"], does: "Search the list", run: does.filter },
    { group: LISTS, keys: ["a"], does: "Take the one that is offered to you", run: does.accept },
    { group: LISTS, keys: ["p"], does: "Leave the offered one to somebody else", run: does.decline },
    { group: HERE, keys: ["t"], does: "Take over", run: does.claim },
    { group: HERE, keys: ["r"], does: "Write a reply; / in it opens canned replies", run: does.reply },
    { group: HERE, keys: ["m"], does: "Write a private note", run: does.note },
    { group: HERE, keys: ["i"], does: "Go to the brief and the customer", run: does.brief },
    { group: HERE, keys: ["x"], does: "Transfer to a colleague or a skill", run: does.transfer },
    { group: HERE, keys: ["z"], does: "Snooze", run: does.snooze },
    { group: HERE, keys: ["u"], does: "Give back to the queue", run: does.release },
    { group: HERE, keys: ["h"], does: "Hand back to the assistant", run: does.handBack },
    { group: HERE, keys: ["e"], does: "Resolve", run: does.resolve },
    { group: HERE, keys: ["o"], does: "Reopen what is resolved", run: does.reopen },
    { group: ELSE, keys: ["b"], does: "Take a breather, or be back", run: does.breather },
    { group: ELSE, keys: ["?"], does: "Show these keys", run: does.sheet },
    { group: ELSE, keys: ["Escape"], shown: ["Esc"], does: "Leave the text, clear the search, close", run: does.escape, whileWriting: true },
  ].map((entry) => ({ shown: entry.keys, ...entry }));
}

/** Listen for the keys; `blocked` says when a dialog has them. Gives back how to stop. */
export function listenForKeys(table, blocked) {
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || blocked()) return;
    const entry = table.find(({ keys }) => keys.includes(event.key));
    if (!entry || entry.natural) return;
    if (!entry.whileWriting && (writing(event.target) || !chosen("keys", true))) return;
    if (!entry.whileWriting) event.preventDefault();
    entry.run(event.key);
  }
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

const writing = (target) => target.matches?.("input, textarea, select, [contenteditable], [role=menuitem]");
