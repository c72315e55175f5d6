/** The page of the team: who answers, who is here, and for owners: invite, change, help, disable. */

import { acting, choices, chosenIn, closer, frame, showDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { copyField, field } from "./fields.js";
import { createMenu } from "./menu.js";
import { clock, date, moment } from "./time.js";

const ROLES = [
  { value: "agent", text: "Agent", hint: "Answers customers." },
  { value: "owner", text: "Owner", hint: "Also invites people, changes what they may do, and reads the audit log." },
];

/** Make the page, as `pages.js` tells. */
export function createPage({ api, agent, tell }) {
  const owner = agent.role === "owner";
  const list = h("ul", { class: "people-rows" }, h("li", { class: "quiet" }, "Loading…"));
  const invited = h("div", {});
  const dialogs = h("div", {});
  const add = owner && h("p", { class: "page-acts" }, h("button", { type: "button", class: "primary", on: { click: invite } }, "Invite somebody"));
  const node = h("div", { class: "team" }, h("p", {}, "Everybody who answers customers here."), add, list, invited, dialogs);

  async function load() {
    try {
      draw(await api.team());
    } catch (problem) {
      fill(list, h("li", {}, h("p", {}, problem.message), h("button", { type: "button", on: { click: load } }, "Try again")));
    }
  }

  function draw({ agents, invited: waiting = [] }) {
    fill(list, agents.map(row));
    fill(invited, waiting.length && h("section", { class: "part", "aria-labelledby": "invited" }, h("h2", { id: "invited" }, "Invited, not here yet"),
      h("ul", { class: "people-rows" }, waiting.map(waitingRow))));
  }

  function row(one) {
    const lines = [h("p", { class: "quiet" }, presence(one)), able(one), owner && h("p", { class: "quiet", dir: "auto" }, ownersLine(one))];
    return h("li", { class: "people-row", "data-disabled": one.disabled },
      h("div", {}, h("p", { class: "people-top" }, h("strong", { dir: "auto" }, one.name), one.id === agent.id && h("span", { class: "quiet" }, "you"),
        one.role === "owner" && h("span", { class: "tag" }, "Owner"), one.disabled && h("span", { class: "tag" }, "Disabled")), lines),
      owner && createMenu("Change", () => menu(one), { name: `Change ${one.name}` }).node);
  }

  function menu(one) {
    if (one.disabled) return [{ text: "Enable again", act: () => change(one, { disabled: false }, `${one.name} may sign in again.`) }];
    return [
      { text: "Name, role and skills", act: () => edit(one) },
      { text: "Link for a new password", hint: "When it was forgotten, or the phone is lost", act: () => reset(one) },
      one.id !== agent.id && { text: "Disable", hint: "Signed out at once; conversations go back to the queue", act: () => disable(one) },
    ];
  }

  function waitingRow({ email, name, role, expires_at: until }) {
    return h("li", { class: "people-row" },
      h("div", {}, h("strong", { dir: "auto" }, name ? `${name}, ${email}` : email), h("p", { class: "quiet" }, `As ${role}. The link is good until ${date(until)}.`)),
      h("button", { type: "button", "aria-label": `Withdraw the invitation of ${email}`, on: { click: () => withdraw(email) } }, "Withdraw"));
  }

  function invite() {
    const email = field("invite-email", "E-mail", { type: "email", required: true, autofocus: true, maxlength: "254", spellcheck: "false" });
    const name = field("invite-name", "Name", { maxlength: "100", hint: "Customers see it. You may leave it to them." });
    const role = choices("invite-role", "May do", ROLES, "agent");
    let made = null;
    const dialog = acting("Invite somebody", [email.node, name.node, role], "Make the link", () => worded(async () => {
      made = await api.call("POST", "team/invite", { email: email.input.value.trim(), name: name.input.value.trim(), role: chosenIn(role) });
    }));
    dialog.addEventListener("close", () => made && showLink(made, "The invitation is ready", email.input.value.trim()));
    showDialog(dialogs, dialog);
  }

  function reset(one) {
    const drop = h("input", { type: "checkbox", id: "drop" });
    let made = null;
    const dialog = acting(`A new password for ${one.name}?`, [
      h("p", {}, "You get a link to pass on. The present password works until the link is used; then all their sessions end."),
      one.second_factor && h("p", { class: "check" }, drop, h("label", { for: "drop" }, "Also switch their second step off, because phone and recovery codes are lost")),
    ], "Make the link", () => worded(async () => {
      made = await api.call("POST", `team/${encodeURIComponent(one.id)}/reset`, { drop_second_factor: drop.checked });
    }));
    dialog.addEventListener("close", () => made && showLink(made, "The link is ready", one.email));
    showDialog(dialogs, dialog);
  }

  // The desk keeps only a hash of the link, so this is the one time it can be shown.
  function showLink({ link, expires_at: until, sent }, title, email) {
    const dialog = frame(title, h("p", {}, sent ? `It is on its way to ${email}. You may also pass it on yourself.` : `Send it to ${email} yourself, for example in a chat you both trust.`),
      copyField("link", "Link", link).node, h("p", { class: "hint" }, `It works once, until ${date(until)}, ${clock(until)}. You do not see it again.`),
      h("div", { class: "dialog-acts" }, closer("Done")));
    dialog.addEventListener("close", load);
    showDialog(dialogs, dialog);
  }

  function edit(one) {
    const name = field("edit-name", "Name", { required: true, maxlength: "100", autofocus: true });
    const skills = field("edit-skills", "Skills", { hint: "With commas between them, named as in routing.yml. Who has them is asked first." });
    const languages = field("edit-languages", "Languages", { hint: "Besides your own: two-letter codes with commas between them, such as: sv, de." });
    const capacity = field("edit-capacity", "Conversations at once", { type: "number", min: "1", max: "50", hint: "Empty: as many as is usual here." });
    const role = choices("edit-role", "May do", ROLES, one.role);
    name.input.value = one.name;
    skills.input.value = one.skills.join(", ");
    languages.input.value = one.languages.join(", ");
    capacity.input.value = one.own_capacity ?? "";
    showDialog(dialogs, acting(`Change ${one.name}`, [name.node, skills.node, languages.node, capacity.node, role], "Save", () => worded(async () => {
      draw(await api.call("POST", `team/${encodeURIComponent(one.id)}`, {
        name: name.input.value, role: chosenIn(role), skills: words(skills.input.value), languages: words(languages.input.value.toLowerCase()),
        capacity: capacity.input.value ? Number(capacity.input.value) : null,
      }));
      tell(`${name.input.value} is changed.`);
    })));
  }

  function disable(one) {
    showDialog(dialogs, acting(`Disable ${one.name}?`, [
      h("p", {}, "They are signed out at once everywhere and cannot sign in again. Conversations they have go back to the queue. You can enable them again at any time."),
    ], "Disable", () => worded(() => change(one, { disabled: true }, `${one.name} is disabled and signed out.`))));
  }

  async function change(one, wanted, done) {
    draw(await api.call("POST", `team/${encodeURIComponent(one.id)}`, wanted));
    tell(done);
  }

  async function withdraw(email) {
    const problem = await worded(() => api.call("POST", "team/withdraw", { email }));
    tell(problem ?? `The invitation of ${email} is withdrawn.`);
    load();
  }

  load();
  return { node, close: () => dialogs.querySelector("dialog")?.close() };
}

async function worded(act) {
  try {
    await act();
    return null;
  } catch (problem) {
    return problem.message;
  }
}

const words = (text) => text.split(",").map((word) => word.trim()).filter(Boolean);

function presence({ online, load, capacity, breather_until: until }) {
  const here = online ? "Here now" : "Away";
  const breather = until && new Date(until) > new Date() ? `, taking a breather until ${clock(until)}` : "";
  return `${here}${breather}. ${load}${capacity ? ` of ${capacity}` : ""} ${load === 1 && !capacity ? "conversation" : "conversations"}.`;
}

function able({ skills, languages }) {
  const known = [skills.join(", "), languages.length && `speaks ${languages.join(", ")}`].filter(Boolean);
  return known.length > 0 && h("p", { class: "quiet", dir: "auto" }, known.join("; "));
}

function ownersLine({ email, seen_at: seen, second_factor: second }) {
  return [email, second ? "second step on" : "no second step", seen ? `last seen ${moment(seen)}` : "never signed in"].join(" · ");
}
