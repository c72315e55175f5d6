/** The second step at sign-in: switched on with an app, off with a code, and codes on paper for a lost phone. */

import { acting, closer, frame, showDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { codeField, copyField, passwordField } from "./fields.js";

/** Make the part of the account page. */
export function createSecondStep({ api, tell }) {
  const state = h("p", {}, "One moment…");
  const acts = h("p", { class: "page-acts" });
  const dialogs = h("div", {});
  const node = h("section", { class: "part", "aria-labelledby": "second-step" }, h("h2", { id: "second-step" }, "Second step at sign-in"), state, acts, dialogs);

  async function load() {
    try {
      const { on, codes_left: left } = await api.call("GET", "me/second-factor");
      fill(state, on
        ? `On. After your password you enter a code of your authenticator app. You have ${left} recovery ${left === 1 ? "code" : "codes"} left.`
        : "Off. With it, somebody who learns your password still cannot sign in. You need an authenticator app on your phone.");
      fill(acts, on ? [button("New recovery codes", renew), button("Switch off", stop)] : button("Set up", start));
    } catch (problem) {
      fill(state, problem.message);
      fill(acts, button("Try again", load));
    }
  }

  function start() {
    const password = passwordField("step-password", "Your password", "current-password");
    let begun = null;
    const dialog = acting("Set up the second step", [h("p", {}, "First, your password: so that nobody else does this at your screen."), password.node], "Go on", async () => {
      begun = await tried(() => api.call("POST", "me/second-factor/start", { password: password.input.value }));
      return begun.problem;
    });
    dialog.addEventListener("close", () => begun?.secret && scan(begun));
    showDialog(dialogs, dialog);
  }

  function scan({ secret, picture }) {
    const code = codeField("step-code", "The six digits that the app shows now.");
    let confirmed = null;
    const dialog = acting("Scan this with your app", [
      h("img", { class: "qr", src: picture, alt: "QR code for your authenticator app", width: "196", height: "196" }),
      h("details", {}, h("summary", {}, "No camera? Type it in"), copyField("step-secret", "Secret", secret).node),
      code.node,
    ], "Switch on", async () => {
      confirmed = await tried(() => api.call("POST", "me/second-factor/confirm", { code: code.input.value.trim() }));
      return confirmed.problem;
    });
    dialog.addEventListener("close", () => confirmed?.codes && paper(confirmed.codes, "The second step is on"));
    showDialog(dialogs, dialog);
    code.input.focus();
  }

  // Told this once: the desk keeps only what it needs to recognise them.
  function paper(codes, title) {
    const text = codes.join("\n");
    const file = h("a", { class: "button", download: "kindhand-recovery-codes.txt", href: `data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}` }, "Save as a file");
    const dialog = frame(title, h("p", {}, "Keep these recovery codes somewhere safe, on paper or in your password manager. Each lets you in once if you lose your phone. You do not see them again."),
      h("ul", { class: "paper" }, codes.map((code) => h("li", {}, code))), h("div", { class: "dialog-acts" }, file, closer("I have kept them")));
    dialog.addEventListener("close", () => { tell("Your recovery codes are set."); load(); });
    showDialog(dialogs, dialog);
  }

  function renew() {
    let made = null;
    const dialog = both("New recovery codes", "The old ones hold no longer.", "Make new codes", "codes", (answer) => { made = answer; });
    dialog.addEventListener("close", () => made?.codes && paper(made.codes, "Your new recovery codes"));
  }

  function stop() {
    const dialog = both("Switch the second step off?", "Then your password alone is enough to sign in.", "Switch off", "off", (answer) => {
      if (!answer.problem) dialog.addEventListener("close", () => { tell("The second step is off."); load(); });
    });
  }

  function both(title, words, verb, path, done) {
    const password = passwordField("step-password", "Your password", "current-password");
    const code = codeField("step-code");
    return showDialog(dialogs, acting(title, [h("p", {}, words), password.node, code.node], verb, async () => {
      const answer = await tried(() => api.call("POST", `me/second-factor/${path}`, { password: password.input.value, code: code.input.value.trim() }));
      done(answer);
      return answer.problem;
    }));
  }

  load();
  return { node, close: () => dialogs.querySelector("dialog")?.close() };
}

async function tried(act) {
  try {
    return await act();
  } catch (problem) {
    return { problem: problem.message };
  }
}

function button(text, act) {
  return h("button", { type: "button", on: { click: act } }, text);
}
