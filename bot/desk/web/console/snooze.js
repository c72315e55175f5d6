/** Put a conversation aside until a moment; it comes back then, or as soon as the customer writes. */

import { acting, choices, chosenIn } from "./dialog.js";
import { h } from "./dom.js";
import { ahead, now } from "./time.js";
import { inSentence } from "./words.js";

const HOUR = 60 * 60_000;
const MORNING = 9;

/** Make the dialog. */
export function showSnooze({ summary, acts, done }) {
  const soon = new Date(now() + HOUR);
  const morning = tomorrowMorning(new Date(now()));
  const when = h("input", { type: "datetime-local", id: "snooze-at", "aria-label": "Day and time", on: { input: () => pick("chosen"), focus: () => pick("chosen") } });
  when.value = local(morning);
  const group = choices("until", "Come back", [
    { value: "hour", text: "In 1 hour", hint: ahead(soon) },
    { value: "morning", text: "Tomorrow morning", hint: ahead(morning) },
    { value: "chosen", text: "At a time I choose" },
  ], "hour");
  group.lastElementChild.after(when);

  function pick(value) {
    group.querySelector(`input[value="${value}"]`).checked = true;
  }

  async function snooze() {
    const until = { hour: soon, morning, chosen: new Date(when.value) }[chosenIn(group)];
    if (Number.isNaN(until.getTime())) return "Please choose a day and a time.";
    if (until.getTime() <= now()) return "That time has passed. Please choose a later one.";
    return done(acts.snooze(summary.id, until.toISOString()));
  }

  return acting("Snooze", [
    h("p", {}, `It stays yours and leaves your list of things to do. If ${inSentence(summary)} writes, it comes back at once.`), group,
  ], "Snooze", snooze);
}

function tomorrowMorning(present) {
  return new Date(present.getFullYear(), present.getMonth(), present.getDate() + 1, MORNING);
}

// What a datetime-local field takes: local time without a zone.
function local(at) {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
