/** The doors: signing in, with a second step where there is one; taking an invitation; a new password. */

import { fill, h, say } from "./dom.js";
import { codeField, field, NEW_PASSWORD_HINT, passwordField } from "./fields.js";
import { choose, chosen } from "./kept.js";

const UNREACHABLE = "The desk cannot be reached just now. Please try again in a moment.";

/** Make the sign-in page; `entered` gets the agent. */
export function createSignIn({ api, entered, why = "" }) {
  const email = field("email", "E-mail", { type: "email", name: "username", autocomplete: "username", required: true, inputmode: "email", spellcheck: "false", autocapitalize: "none" });
  const password = passwordField("password", "Password", "current-password");
  const code = codeField("code");
  const first = h("div", { class: "signin-step" }, email.node, password.node);
  const back = h("button", { type: "button", class: "link", on: { click: () => step(false) } }, "Back to e-mail and password");
  const second = h("div", { class: "signin-step", hidden: true }, code.node, back);
  const { node, form } = door({ title: "Agent console", lead: why || "For the people who answer when the assistant should not.", fields: [first, second], verb: "Sign in", doing: "Signing in…", submit });
  email.input.value = chosen("email", "");

  async function submit() {
    const asked = second.hidden ? [email.input, password.input] : [code.input];
    const missing = asked.find((input) => !input.value.trim());
    if (missing) return form.refuse(missing, missing === code.input ? "Please enter a code." : missing === email.input ? "Please enter your e-mail address." : "Please enter your password.");
    choose("email", email.input.value.trim());
    try {
      entered((await api.login(email.input.value.trim(), password.input.value, second.hidden ? {} : { code: code.input.value.trim() })).agent);
    } catch (problem) {
      if (problem.code === "second_factor_needed") step(true);
      else if (problem.code === "wrong_code") form.refuse(code.input, problem.message);
      else if (problem.signedOut) { step(false); form.refuse(password.input, "E-mail and password do not match. Please check both and try again."); } else form.refuse(null, problem.offline ? `${UNREACHABLE} Your e-mail is kept.` : problem.message);
    }
    return null;
  }

  function step(two) {
    say(node.querySelector("h1"), two ? "One more step" : "Agent console");
    first.hidden = two;
    second.hidden = !two;
    code.input.value = "";
    form.clear();
    (two ? code : password).input.focus();
  }

  return { node, focus: () => (email.input.value ? password : email).input.focus() };
}

/** Make the page behind the link of an invitation or a reset; `leave` shows the sign-in page and says why. */
export function createAccept({ api, token, entered, leave }) {
  const node = h("main", { class: "signin" }, card(h("h1", { tabindex: "-1" }, "One moment"), h("p", { class: "quiet" }, "Looking at your link…")));
  load();

  async function load() {
    try {
      show(await api.call("POST", "invitation", { token }));
    } catch (problem) {
      const gone = problem.status === 404;
      const again = h("button", { type: "button", class: "primary", on: { click: gone ? () => away("") : load } }, gone ? "Go to the sign-in" : "Try again");
      fill(node, card(h("h1", { tabindex: "-1" }, gone ? "This link is not good any more" : "The link could not be read"),
        h("p", {}, gone ? "It works once and not for long. Ask an owner of the desk for a new one." : problem.offline ? UNREACHABLE : problem.message), again));
      again.focus();
    }
  }

  function show(known) {
    const joins = known.kind === "invite";
    const email = field("email", "E-mail", { type: "email", name: "username", autocomplete: "username", readonly: true });
    const name = field("name", "Your name", { autocomplete: "name", maxlength: "100", required: true, hint: "Customers see it when you join them." });
    const password = passwordField("password", joins ? "Choose a password" : "New password", "new-password", NEW_PASSWORD_HINT);
    email.input.value = known.email;
    name.input.value = known.name ?? "";
    const made = door({
      title: joins ? "Welcome to the team" : "Choose a new password",
      lead: joins ? `You are invited to answer customers${known.role === "owner" ? ", as an owner of this desk" : ""}.` : "You are signed out everywhere else once it is set.",
      fields: [email.node, joins && name.node, password.node], verb: joins ? "Join" : "Set password", doing: "One moment…", submit,
    });
    node.replaceWith(made.node);
    (joins && !name.input.value ? name : password).input.focus();

    async function submit() {
      if (joins && !name.input.value.trim()) return made.form.refuse(name.input, "Please enter your name.");
      if (!password.input.value) return made.form.refuse(password.input, "Please choose a password.");
      try {
        await api.call("POST", "accept", { token, name: name.input.value.trim(), password: password.input.value });
      } catch (problem) {
        if (problem.status === 404) return away("This link is not good any more. If you have set your password already, sign in with it.");
        return made.form.refuse(problem.code === "no_name" ? name.input : problem.code === "weak_password" ? password.input : null, problem.offline ? UNREACHABLE : problem.message);
      }
      choose("email", known.email);
      return enter(known.email, password.input.value);
    }
  }

  async function enter(email, password) {
    try {
      entered((await api.login(email, password)).agent);
    } catch {
      away("Your password is set. Please sign in with it.");
    }
    return null;
  }

  function away(why) {
    history.replaceState(null, "", "#/queue");
    leave(why);
    return null;
  }

  return { node, focus: () => node.querySelector("h1")?.focus() };
}

function card(...content) {
  return h("div", { class: "signin-card" }, h("p", { class: "mark" }, "Kindhand"), content);
}

/** A card with a form that says what is wrong in one place and points at the field. */
function door({ title, lead, fields, verb, doing, submit }) {
  const error = h("p", { class: "signin-error", role: "alert" });
  const go = h("button", { type: "submit", class: "primary" }, verb);
  const node = h("form", { class: "signin-form", novalidate: true, on: { submit: async (event) => {
    event.preventDefault();
    clear();
    busy(true);
    await submit();
    busy(false);
  } } }, fields, error, go);

  function busy(on) {
    go.disabled = on;
    say(go, on ? doing : verb);
  }

  function clear() {
    say(error, "");
    for (const input of node.querySelectorAll("input")) input.removeAttribute("aria-invalid");
  }

  function refuse(input, words) {
    busy(false);
    say(error, words);
    input?.setAttribute("aria-invalid", "true");
    (input ?? go).focus();
    if (input?.type === "password") input.select();
    return null;
  }

  return { node: h("main", { class: "signin" }, card(h("h1", {}, title), h("p", { class: "quiet" }, lead), node)), form: { clear, refuse } };
}
