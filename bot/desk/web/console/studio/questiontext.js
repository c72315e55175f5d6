/** Fields that grow with their words, and the lines in what is pasted. */

import { h } from "../dom.js";

const GROWS = CSS.supports("field-sizing", "content");

/** Make a field of one line that shows all of its words, however many there are; Enter does not break the line. */
export function line(props, value = "") {
  const field = grown("1", props, value);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) event.preventDefault(); });
  return field;
}

/** Make a field of several lines. */
export const prose = (props, value = "") => grown("3", props, value);

function grown(rows, props, value) {
  const field = h("textarea", { rows, dir: "auto", autocomplete: "off", ...props });
  field.value = value;
  if (!GROWS) {
    field.addEventListener("input", () => fit(field));
    requestAnimationFrame(() => fit(field));
  }
  return field;
}

/** Measure again after a field was filled or shown, where the browser does not. */
export function fit(field) {
  if (GROWS || !field.isConnected) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

/** Part what was typed or pasted into examples: one a line, without the dashes and numbers of a list. */
export function lines(text) {
  return text.split(/\r?\n/).map((one) => one.replace(/^\s*(?:[-*•–]|\d{1,3}[.)])\s+/, "").replace(/\s+/g, " ").trim()).filter(Boolean);
}

/** What two examples have in common who say the same. */
export const same = (text) => text.trim().toLowerCase().replace(/\s+/g, " ").replace(/[.!?]+$/, "");
