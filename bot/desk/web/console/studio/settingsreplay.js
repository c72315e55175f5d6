/** What a choice would have meant for the conversations that there were: figures, verdicts, and each that changes. */

import { fill, h, say } from "../dom.js";

const PAUSE = 120; // ms after the last change before it is asked
const POLL = 1000;
const VERDICTS = {
  not_needed: ["Not needed", (n) => `${n} would not have come to a person`],
  too_late: ["Too late", (n) => `${n} would have come sooner`],
  right: ["Right", (n) => `${n} would have been missed`],
  wrong_person: ["Wrong person", () => "this changes nothing about who takes it"],
};

/** Make the panel; `heard` gets its sum in a few words. */
export function createReplay(studio, { heard }) {
  const steering = h("div", {});
  const state = h("div", { class: "replay-state" });
  const sum = h("p", { class: "replay-sum" });
  const inside = h("div", { class: "replay-inside" });
  const node = h("section", { class: "studio-card replay", "aria-labelledby": "replay-title" }, h("h3", { id: "replay-title" }, "How soon, and what that would have meant"), steering, state, sum, inside);
  let wanted = null;
  let asked = 0;
  let timer = null;
  let poll = null;
  let left = false;

  function show(values) {
    wanted = values;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  async function ask() {
    if (!wanted || left) return;
    const mine = asked += 1;
    try {
      const told = await studio.call("GET", `settings/replay/at?${new URLSearchParams({ ladder: JSON.stringify(wanted) })}`);
      if (mine === asked && !left) draw(told);
    } catch (problem) {
      if (mine === asked && !left) fill(inside, h("p", { class: "studio-wrong" }, problem.message));
    }
  }

  async function look(begin = true) {
    const told = await studio.call("GET", "settings/replay").catch(() => null);
    if (!told || left) return;
    const running = told.job?.state === "running";
    if (begin && told.unread > 0 && !running) { await studio.call("POST", "settings/replay").catch((problem) => fill(state, h("p", { class: "studio-wrong" }, problem.message))); look(false); return; }
    if (running) { progress(told.job.steps.at(-1)); poll = setTimeout(() => look(false), POLL); return; }
    const failed = told.unread > 0 && told.job?.problem;
    fill(state, failed && h("p", { class: "studio-wrong" }, told.job.problem, " ", h("button", { type: "button", on: { click: () => look() } }, "Try again")));
    ask();
  }

  function progress(step) {
    const words = step ? `${step.step}${step.of ? `: ${step.done} of ${step.of}` : ""}…` : "Reading past conversations…";
    fill(state, h("label", { class: "replay-progress" }, h("span", {}, words), h("progress", { max: step?.of ?? null, value: step?.of ? step.done : null })));
  }

  function draw(told) {
    const { conversations: count, chosen, really } = told;
    if (!count) {
      say(sum, "");
      fill(inside, told.unread ? null : h("p", { class: "studio-empty" }, "There are no conversations so far. Once customers have written, this shows for each choice who would have gone to a person."));
      return;
    }
    const more = chosen.person - really.person;
    const beside = more === 0 ? "as many as really did" : `${Math.abs(more)} ${more > 0 ? "more" : "fewer"} than really did`;
    say(sum, `Of ${plural(count, "conversation")}, ${chosen.person} would have gone to a person, ${beside}; ${chosen.offered || "nobody"} would only have been offered one.`);
    heard(`${chosen.person} of ${count} would have gone to a person`);
    fill(inside,
      told.few && h("p", { class: "warn" }, `These are only ${plural(count, "conversation")}: too few for figures to say much. Look at each below.`),
      table(told), load(told.load), verdicts(told.verdicts), changes(told), h("p", { class: "hint" }, basis(told)));
  }

  look();
  return { node, show, steer: (nodes) => fill(steering, nodes), close: () => { left = true; clearTimeout(timer); clearTimeout(poll); } };
}

function table({ really, saved, chosen, load: hours, days }) {
  const rows = [["What really happened", really, hours?.really], ["As it is saved", saved, hours?.saved], ["With what you chose", chosen, hours?.chosen]];
  return h("table", { class: "replay-table" },
    h("thead", {}, h("tr", {}, h("td", {}), ["To a person", "Offered one", hours && "People's time"].filter(Boolean).map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, rows.map(([title, sums, spent], index) => h("tr", { class: index === 2 && "replay-chosen" }, h("th", { scope: "row" }, title), cell(sums.person, days), cell(sums.offered, days),
      hours && h("td", {}, time(spent))))));
}

const cell = (count, days) => h("td", {}, h("strong", {}, count), h("small", {}, rate(count, days)));

/** Say how often that is. */
export function rate(count, days) {
  if (!count) return "";
  const daily = count / days;
  if (daily >= 0.95) return `${round(daily)} a day`;
  return daily * 7 >= 0.95 ? `${round(daily * 7)} a week` : `${round(daily * 30)} a month`;
}

/** Say hours a day as people do. */
export function time(hours) {
  if (hours >= 1) return `${round(hours)} h a day`;
  if (hours * 60 >= 5) return `${Math.round(hours * 60)} min a day`;
  return hours ? `${Math.max(1, Math.round(hours * 60 * 7))} min a week` : "none";
}

const round = (number) => (number >= 10 ? Math.round(number) : Math.round(number * 10) / 10);
const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

function load(told) {
  return h("p", { class: "hint" }, told ? `People's time: a hand-over usually takes ${round(told.minutes)} minutes from taking it to its end (the middle one of ${told.measured}).`
    : "How much time it takes people is not told yet: too few hand-overs were finished.");
}

function verdicts(found) {
  const rows = Object.entries(VERDICTS).filter(([name]) => found[name].of);
  return h("div", {}, h("h4", {}, "What your people said of it"), rows.length ? h("ul", { class: "replay-verdicts" }, rows.map(([name, [title, words]]) =>
    h("li", {}, h("strong", {}, `${title}: ${found[name].of}. `), `${found[name].changed || name === "wrong_person" ? words(found[name].changed) : "No change with what you chose"}.`)))
    : h("p", { class: "quiet" }, "Nobody has said so far whether a hand-over was right. People can, with one click beside a conversation."));
}

function changes({ changed, more, moved }) {
  const mine = changed.filter((row) => row.moved);
  const others = changed.filter((row) => !row.moved);
  return h("div", { class: "replay-changes" }, h("h4", {}, moved ? `${plural(moved, "conversation")} would go otherwise than with what is saved` : "No conversation would go otherwise than with what is saved"),
    mine.length > 0 && h("ul", {}, mine.map(row)),
    others.length > 0 && h("details", {}, h("summary", {}, `${plural(others.length + (mine.length ? 0 : more), "conversation")} went otherwise than what is saved says, with your choice too`), h("ul", {}, others.map(row))),
    more > 0 && h("p", { class: "quiet" }, `${more} more are not listed.`));
}

function row({ conversation, name, at, really, chosen, verdicts: said }) {
  const day = new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  const judged = said.map((verdict) => VERDICTS[verdict]?.[0]).filter(Boolean);
  return h("li", {}, h("a", { href: `#/all/${encodeURIComponent(conversation)}` }, `${name ?? "Visitor"}, ${day}`), judged.length > 0 && h("span", { class: "tag" }, judged.join(", ")),
    h("p", {}, `${capital(outcome(chosen))}${chosen.why ? `. ${chosen.why}` : ""}`), h("p", { class: "quiet" }, `Really: ${outcome(really)}${really.why ? `, ${lower(really.why)}` : ""}.`));
}

function outcome({ what, seq }) {
  if (what === "neither") return "no person";
  return what === "person" ? `a person at message ${seq}` : `a person offered at message ${seq}`;
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
const lower = (text) => text[0].toLowerCase() + text.slice(1);

function basis({ days, asked, unread }) {
  return ["Looked at are the newest 500 conversations of the last 90 days", days >= 2 ? ` (${Math.round(days)} days so far)` : "",
    ". What was said stays as it was: what somebody would have answered to another offer is not known.",
    asked ? ` ${plural(asked, "customer")} asked for a person or had one come, and would have had one with every choice.` : "",
    unread ? ` ${unread} that came since are not read yet.` : "", " Nothing is sent anywhere."].join("");
}
