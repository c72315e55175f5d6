/** The door: e-mail, password, and plain words when it stays shut. */

import { h, say } from "./dom.js";
import { choose, chosen } from "./kept.js";

/** Make the sign-in page; `entered` gets the agent. */
export function createSignIn({ api, entered, why = "" }) {
  const email = h("input", { id: "email", type: "email", name: "username", autocomplete: "username", required: true, inputmode: "email", spellcheck: "false", autocapitalize: "none" });
  const password = h("input", { id: "password", type: "password", name: "password", autocomplete: "current-password", required: true });
  const peek = h("button", { type: "button", class: "peek", "aria-pressed": "false", "aria-controls": "password", on: { click: toggle } }, "Show");
  const error = h("p", { class: "signin-error", role: "alert" });
  const enter = h("button", { type: "submit", class: "primary" }, "Sign in");
  const form = h("form", { class: "signin-form", novalidate: true, on: { submit } },
    h("div", { class: "field" }, h("label", { for: "email" }, "E-mail"), email),
    h("div", { class: "field" }, h("label", { for: "password" }, "Password"), h("div", { class: "with-peek" }, password, peek)),
    error, enter);
  const node = h("main", { class: "signin" }, h("div", { class: "signin-card" },
    h("p", { class: "mark" }, "Kindhand"),
    h("h1", {}, "Agent console"),
    h("p", { class: "quiet" }, why || "For the people who answer when the assistant should not."),
    form));
  email.value = chosen("email", "");

  function toggle() {
    const shown = password.type === "password";
    password.type = shown ? "text" : "password";
    say(peek, shown ? "Hide" : "Show");
    peek.setAttribute("aria-pressed", String(shown));
  }

  async function submit(event) {
    event.preventDefault();
    const missing = [email, password].find((input) => !input.value.trim());
    if (missing) return refuse(missing, missing === email ? "Please enter your e-mail address." : "Please enter your password.");
    choose("email", email.value.trim());
    say(error, "");
    busy(true);
    try {
      entered((await api.login(email.value.trim(), password.value)).agent);
    } catch (problem) {
      refuse(problem.signedOut ? password : enter, wordsFor(problem));
    } finally {
      busy(false);
    }
  }

  function refuse(input, words) {
    say(error, words);
    for (const one of [email, password]) one.setAttribute("aria-invalid", String(one === input));
    input.disabled = false;
    input.focus();
    if (input === password) password.select();
  }

  function busy(on) {
    enter.disabled = on;
    say(enter, on ? "Signing in…" : "Sign in");
  }

  return { node, focus: () => (email.value ? password : email).focus() };
}

function wordsFor(problem) {
  if (problem.offline) return "The desk cannot be reached just now. Your e-mail is kept; please try again in a moment.";
  if (problem.signedOut) return "E-mail and password do not match. Please check both and try again.";
  return problem.message;
}
