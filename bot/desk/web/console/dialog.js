/** A dialog that lives only while it is open; the browser keeps the focus inside and gives it back. */

import { fill, h } from "./dom.js";

/** Show `dialog` in `place`. */
export function showDialog(place, dialog) {
  fill(place, dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  return dialog;
}

/** Put a title over the content. */
export function frame(title, ...content) {
  return h("dialog", { "aria-labelledby": "dialog-title" }, h("h2", { id: "dialog-title" }, title), content);
}

/** Make the button that closes without doing anything. */
export function closer(text) {
  return h("button", { type: "button", on: { click: (event) => event.target.closest("dialog").close() } }, text);
}

/** Make a form that acts, says what went wrong, and closes only when `act` gives nothing to say. */
export function acting(title, fields, verb, act) {
  const error = h("p", { class: "dialog-error", role: "alert" });
  const go = h("button", { type: "submit", class: "primary" }, verb);
  const form = h("form", { on: { submit: async (event) => {
    event.preventDefault();
    go.disabled = true;
    error.textContent = (await act()) ?? "";
    go.disabled = false;
    if (!error.textContent) dialog.close();
  } } }, fields, error, h("div", { class: "dialog-acts" }, closer("Cancel"), go));
  const dialog = frame(title, form);
  return dialog;
}

/** Make a group of choices of which one holds; `options` are `[{ value, text, hint?, off? }]`. */
export function choices(name, legend, options, chosen) {
  return h("fieldset", { class: "choices" }, h("legend", {}, legend), options.map(({ value, text, hint, off }, index) => {
    const input = h("input", { type: "radio", name, value, id: `${name}-${index}`, disabled: off, autofocus: value === chosen });
    input.checked = value === chosen;
    return h("label", { for: input.id, class: "choice" }, input, h("span", {}, text, hint && h("small", {}, hint)));
  }));
}

/** Give the value chosen in a group, or nothing. */
export const chosenIn = (group) => group.querySelector("input:checked")?.value ?? null;
