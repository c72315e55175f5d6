/** The form fields of doors and accounts: a label, the input, a hint; passwords can be shown. */

import { h, say } from "./dom.js";

/** Make a labelled input; `node` is the whole field. */
export function field(id, label, { hint = "", ...props } = {}) {
  const input = h("input", { id, autocomplete: "off", "aria-describedby": hint && `${id}-hint`, ...props });
  const node = h("div", { class: "field" }, h("label", { for: id }, label), input, hint && h("p", { class: "hint", id: `${id}-hint` }, hint));
  return { node, input };
}

/** Make a password field with a button that shows what was typed; `use` is `current-password` or `new-password`. */
export function passwordField(id, label, use, hint = "") {
  const made = field(id, label, { type: "password", name: "password", autocomplete: use, required: true, hint });
  const peek = h("button", { type: "button", class: "peek", "aria-pressed": "false", "aria-controls": id, "aria-label": `Show: ${label}`, on: { click: toggle } }, "Show");
  const around = h("div", { class: "with-peek" });
  made.input.replaceWith(around);
  around.append(made.input, peek);

  function toggle() {
    const shown = made.input.type === "password";
    made.input.type = shown ? "text" : "password";
    say(peek, shown ? "Hide" : "Show");
    peek.setAttribute("aria-pressed", String(shown));
  }

  return made;
}

const EITHER = "Six digits from your authenticator app, or one of your recovery codes.";

/** Make the field for the second step: a code of the app, or one from paper. */
export function codeField(id, hint = EITHER) {
  return field(id, "Code", { name: "one-time-code", autocomplete: "one-time-code", maxlength: "40", required: true, spellcheck: "false", autocapitalize: "none", hint });
}

export const NEW_PASSWORD_HINT = "At least 12 characters. Four words that have nothing to do with each other are good.";

/** Make a text that is there to be copied, with a button that does it. */
export function copyField(id, label, text) {
  const { node, input } = field(id, label, { readonly: true, class: "copied-text", on: { focus: () => input.select() } });
  input.value = text;
  const button = h("button", { type: "button", on: { click: copy } }, "Copy");
  const around = h("div", { class: "with-copy" });
  input.replaceWith(around);
  around.append(input, button);

  // On plain http browsers forbid the clipboard; then the text is marked, ready for Ctrl C.
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      say(button, "Copied");
    } catch {
      input.focus();
      input.select();
      say(button, document.execCommand?.("copy") ? "Copied" : "Press Ctrl C");
    }
  }

  return { node, input };
}
