/** The page of the audit log: who opened which conversation, and who changed what. */

import { fill, h } from "./dom.js";
import { route } from "./route.js";
import { clock, day } from "./time.js";

const ERASED = "conversations.erased";
const ACTS = {
  "conversations.opened": "opened a conversation",
  "conversations.claim": "took a conversation over",
  "conversations.pass": "passed an offer on",
  "conversations.hand-back": "handed back to the assistant",
  "conversations.release": "put a conversation back into the queue",
  "conversations.resolve": "resolved a conversation",
  "conversations.transfer": "transferred a conversation",
  "conversations.snooze": "snoozed a conversation",
  "conversations.reopen": "reopened a conversation",
  "conversations.verdict": "judged a hand-over",
  "conversations.transcript": "sent a transcript by e-mail",
  [ERASED]: "had their conversation deleted",
  "canned.added": "added a canned reply",
  "canned.changed": "changed a canned reply",
  "canned.removed": "deleted a canned reply",
  "outbox.retry": "tried a failed delivery again",
  "me.signed_in": "signed in",
  "me.session_ended": "ended a session",
  "me.password_changed": "changed their password",
  "me.password_reset": "set a new password by a link",
  "me.second_factor_on": "switched their second step on",
  "me.second_factor_off": "switched their second step off",
  "me.recovery_codes": "made new recovery codes",
  "me.breather": "took a breather",
  "team.invited": "invited somebody",
  "team.withdrawn": "withdrew an invitation",
  "team.joined": "joined the team",
  "team.changed": "changed",
  "team.reset_link": "made a password link for",
  "team.second_factor_off": "switched off the second step of",
  "team.admitted": "was added to the team",
  "team.password_renewed": "got a new password",
  "studio.questions.added": "added a question",
  "studio.questions.changed": "changed a question",
  "studio.questions.removed": "deleted a question",
  "studio.questions.imported": "imported questions",
  "studio.stories.added": "added a rule or story",
  "studio.stories.changed": "changed a rule or story",
  "studio.stories.split": "divided a story",
  "studio.stories.removed": "deleted a rule or story",
  "studio.scenes.added": "added a scene",
  "studio.scenes.changed": "changed a scene",
  "studio.scenes.removed": "deleted a scene",
  "studio.asked.taught": "made messages examples of a question",
  "studio.asked.untaught": "took examples back out of a question",
  "studio.asked.put_away": "put away what customers asked",
  "studio.asked.brought_back": "brought back what was put away",
  "studio.escalation.changed": "changed when a person takes over",
  "studio.hours.changed": "changed the opening hours",
  "studio.sentences.changed": "changed a sentence of the chat",
  "studio.files.changed": "changed a file",
  "studio.published": "began to publish",
  "studio.taken_back": "began to go back to an older version",
  "studio.called_off": "called off the publishing",
  "studio.given_up": "gave up what was not published",
  "studio.brought_back": "brought back work that was put aside",
};
const QUESTION = "studio.questions.";
const FROM_SERVER = "Somebody on the server";

/** Make the page, as `pages.js` tells. */
export function createPage({ api }) {
  const who = h("select", { id: "audit-who", on: { change: () => load() } }, h("option", { value: "" }, "Everybody"));
  const days = h("div", { class: "audit-days" });
  const more = h("button", { type: "button", hidden: true, on: { click: () => load(following) } }, "Show earlier");
  const trouble = h("p", { role: "alert" });
  const node = h("div", { class: "audit" },
    h("p", {}, "Who opened which conversation and who changed what. Nobody's words are kept here, and nobody can change it from the console."),
    h("p", { class: "audit-filter" }, h("label", { for: "audit-who" }, "Shown"), who), days, trouble, h("p", { class: "page-acts" }, more));
  let following = null;
  let asked = 0;

  async function load(before = null) {
    const mine = asked += 1;
    const wanted = new URLSearchParams({ ...(before && { before }), ...(who.value && { agent: who.value }) });
    more.disabled = true;
    try {
      const { entries, next } = await api.call("GET", `audit?${wanted}`);
      if (mine !== asked) return;
      fill(trouble);
      if (!before) fill(days);
      append(entries);
      following = next;
      more.hidden = next === null;
      if (!days.firstChild) fill(days, h("p", { class: "quiet" }, "Nothing yet. What people open and change from now on stands here."));
    } catch (problem) {
      if (mine === asked) fill(trouble, problem.message);
    }
    more.disabled = false;
  }

  function append(entries) {
    for (const entry of entries) {
      const name = day(entry.at);
      if (days.lastChild?.dataset?.day !== name) {
        days.append(h("section", { "data-day": name, class: "part" }, h("h2", {}, name), h("ol", { class: "audit-rows" })));
      }
      days.lastChild.lastChild.append(line(entry));
    }
  }

  async function people() {
    const { agents } = await api.team().catch(() => ({ agents: [] }));
    who.append(...agents.map(({ id, name }) => h("option", { value: id }, name)));
  }

  people();
  load();
  return { node };
}

function line(entry) {
  return h("li", {}, h("time", { datetime: entry.at }, clock(entry.at)), h("p", { dir: "auto" }, told(entry)));
}

/** Say in one sentence what was done. */
export function told({ agent, act, conversation, subject, detail }) {
  const aboutPerson = subject?.name && subject.id !== agent?.id;
  const doer = agent?.name ?? (act === ERASED ? "A visitor" : subject?.name && act.startsWith("team.") ? subject.name : FROM_SERVER);
  return [
    h("strong", {}, doer), ` ${ACTS[act] ?? act.replaceAll(/[._-]/g, " ")}`,
    aboutPerson && agent && ` ${subject.name}`,
    act.startsWith(QUESTION) && subject && `: ${subject.id}`,
    more(act, detail),
    !agent && act !== ERASED && ", on the server",
    conversation && act !== ERASED && [": ", h("a", { href: route("all", conversation) }, "see it")],
  ].flat().filter(Boolean);
}

function more(act, detail) {
  if (act === "team.changed") {
    if (detail.disabled === true) return ": disabled";
    if (detail.disabled === false) return ": enabled again";
    return `: ${(detail.fields ?? []).map((name) => (name === "role" ? `now ${detail.role}` : name)).join(", ")}`;
  }
  if (act === "team.invited") return ` as ${detail.role}`;
  if (act === "me.breather") return detail.minutes ? ` of ${detail.minutes} minutes` : ": ended it";
  const to = detail.agent?.name ?? detail.skill;
  return [to && ` to ${to}`, detail.outcome && ` as ${detail.outcome.replaceAll("_", " ")}`].filter(Boolean).join("");
}
