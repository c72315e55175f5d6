/** Transfer a conversation: to a colleague, whose load is shown, or to whoever has a skill. */

import { acting, choices, chosenIn } from "./dialog.js";
import { h } from "./dom.js";
import { clock, now } from "./time.js";
import { inSentence } from "./words.js";

/** Make the dialog. */
export function showTransfer({ summary, store, acts, done, unsent }) {
  const { team, agent } = store.get();
  const colleagues = team.filter(({ id, disabled }) => id !== agent.id && id !== summary.owner.agent_id && !disabled).sort(readiest);
  const skills = [...new Set(team.filter(({ disabled }) => !disabled).flatMap(({ skills: has }) => has ?? []))].sort();
  const options = [
    ...colleagues.map((one) => ({ value: `agent ${one.id}`, text: one.name, hint: standing(one) })),
    ...skills.map((skill) => ({ value: `skill ${skill}`, text: `Anybody who knows ${skill}`, hint: knowing(team, skill, agent) })),
  ];
  if (!options.length) return acting("Transfer", [h("p", {}, "There is nobody to transfer this to yet. The owner invites colleagues under Team. Until then you may give it back to the queue.")], "Give back to the queue", () => done(acts.release(summary.id)));
  const group = choices("to", "To whom?", options, options[0].value);
  const note = h("textarea", { id: "note", rows: "3", maxlength: "1000", "aria-describedby": "note-hint" });

  function transfer() {
    const [kind, ...rest] = chosenIn(group).split(" ");
    const value = rest.join(" ");
    const name = kind === "agent" ? colleagues.find(({ id }) => id === value).name : `those who know ${value}`;
    return done(acts.transfer(summary.id, { [kind]: value }, note.value.trim(), name));
  }

  return acting("Transfer", [
    h("p", {}, `${inSentence(summary)} is told that somebody else goes on. Your colleague sees the brief and all that was said.`.replace(/^./, (letter) => letter.toUpperCase())),
    unsent, group,
    h("label", { for: "note" }, "Note for them"), note,
    h("p", { class: "hint", id: "note-hint" }, "Only colleagues read it. For example: refund is agreed, only the address is missing."),
  ], "Transfer", transfer);
}

// Who is there and has room comes first.
function readiest(one, other) {
  return Number(other.online) - Number(one.online) || resting(one) - resting(other) || one.load / one.capacity - other.load / other.capacity;
}

const resting = ({ breather_until: until }) => Number(Boolean(until) && new Date(until) > now());

function standing(one) {
  const there = one.online ? (resting(one) ? `On a breather until ${clock(one.breather_until)}` : "Online") : "Not online: it is offered to them when they come";
  const more = [`has ${loadWords(one)}`, one.skills?.length && `knows ${one.skills.join(", ")}`, one.languages?.length && one.languages.join(", ")];
  return [there, ...more].filter(Boolean).join(" · ");
}

/** Say how much somebody has: 2 of 4. */
export function loadWords({ load = 0, capacity }) {
  const has = Number(load).toFixed(1).replace(/\.0$/, "");
  return capacity ? `${has} of ${capacity}` : has;
}

function knowing(team, skill, me) {
  const able = team.filter(({ id, skills, disabled, online }) => id !== me.id && !disabled && online && skills?.includes(skill));
  return able.length ? `${able.map(({ name }) => name).join(", ")} now online` : "Nobody online knows this now; it waits in the queue";
}
