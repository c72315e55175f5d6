/** The page of one's own account: password, where one is signed in, the second step at sign-in. */

import { fill, h, say } from "./dom.js";
import { NEW_PASSWORD_HINT, passwordField } from "./fields.js";
import { createSecondStep } from "./secondstep.js";
import { clock, date, moment } from "./time.js";

/** Make the page, as `pages.js` tells. */
export function createPage({ api, agent, tell }) {
  const step = createSecondStep({ api, tell });
  const node = h("div", { class: "account" },
    h("p", { class: "quiet" }, `${agent.name}, ${agent.email}, ${agent.role === "owner" ? "owner" : "agent"}`),
    passwordPart(api, tell), sessionsPart(api, tell), step.node);
  return { node, close: step.close };
}

/** Make a part of a page under its own heading. */
export function part(title, ...content) {
  const id = `part-${title.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return h("section", { class: "part", "aria-labelledby": id }, h("h2", { id }, title), content);
}

function passwordPart(api, tell) {
  const old = passwordField("old-password", "Present password", "current-password");
  const fresh = passwordField("new-password", "New password", "new-password", NEW_PASSWORD_HINT);
  const error = h("p", { class: "signin-error", role: "alert" });
  const go = h("button", { type: "submit" }, "Change password");
  const form = h("form", { class: "part-form", novalidate: true, on: { submit: async (event) => {
    event.preventDefault();
    say(error, "");
    go.disabled = true;
    try {
      const { ended } = await api.call("POST", "me/password", { old: old.input.value, new: fresh.input.value });
      form.reset();
      tell(`Your password is changed. ${ended ? "Everywhere else you are signed out." : ""}`.trim());
    } catch (problem) {
      say(error, problem.message);
      (problem.code === "weak_password" ? fresh : old).input.focus();
    }
    go.disabled = false;
  } } }, old.node, fresh.node, error, h("div", {}, go));
  return part("Password", form);
}

function sessionsPart(api, tell) {
  const list = h("ul", { class: "people-rows" }, h("li", { class: "people-row quiet" }, "Loading…"));
  const all = h("button", { type: "button", hidden: true, on: { click: () => end("others", "Everywhere else you are signed out.") } }, "Sign out everywhere else");

  async function load() {
    try {
      const { sessions } = await api.call("GET", "me/sessions");
      fill(list, sessions.map(row));
      all.hidden = sessions.length < 2;
    } catch (problem) {
      fill(list, h("li", {}, h("p", {}, problem.message), h("button", { type: "button", on: { click: load } }, "Try again")));
    }
  }

  function row({ id, device, created_at: since, seen_at: seen, current }) {
    const used = current ? "This browser, now" : `Last used ${moment(seen)}`;
    return h("li", { class: "people-row" },
      h("div", {}, h("strong", { dir: "auto" }, device), h("p", { class: "quiet" }, `${used}. Signed in ${date(since)}, ${clock(since)}.`)),
      !current && h("button", { type: "button", "aria-label": `Sign out ${device}`, on: { click: () => end(id, `${device} is signed out.`) } }, "Sign out"));
  }

  async function end(id, done) {
    try {
      await api.call("POST", `me/sessions/${encodeURIComponent(id)}/revoke`);
      tell(done);
    } catch (problem) {
      tell(problem.message);
    }
    await load();
  }

  load();
  return part("Where you are signed in", h("p", {}, "If you do not know one of these, sign it out and change your password."), list, all);
}
