/** The hours of one day as the file has them, such as `9:00-12:30, 13:30-18:00`, in fields for each span. */

import { fill, h, mark } from "../dom.js";

const TIME = /^(\d{1,2})(?:[:.h ]?(\d\d))? ?(am|pm)?$/i;

/** Read a day's text into spans of `[opens, closes]`; null for what is none. */
export function readSpans(text) {
  if (!text || text.toLowerCase() === "closed") return [];
  const spans = text.split(",").map((piece) => piece.split(/[-–]/).map((time) => time.trim()));
  return spans.every((span) => span.length === 2 && span.every(readTime)) ? spans : null;
}

/** Read a time as people write it: `7`, `7:30`, `730`, `7.30 pm`; null for what is none. */
export function readTime(text) {
  const [, hours, minutes = "00", half = ""] = TIME.exec(text.trim()) ?? [];
  if (!hours || minutes > 59) return null;
  const late = half.toLowerCase() === "pm" && Number(hours) < 12 ? 12 : half.toLowerCase() === "am" && Number(hours) === 12 ? -12 : 0;
  const hour = Number(hours) + late;
  return hour < 24 || (hour === 24 && minutes === "00") ? `${hour}:${minutes}` : null;
}

const writeSpans = (spans) => spans.map((span) => span.join("-")).join(", ") || "closed";

/** Make the fields of one day; `name` says whose and which, `change` gets the new text. */
export function spansField(name, text, change) {
  const node = h("div", { class: "spans", role: "group", "aria-label": name });
  let spans = readSpans(text);

  function draw(focus = null) {
    if (spans === null) {
      const input = h("input", { "aria-label": name, "aria-invalid": "true", on: { change: () => { spans = readSpans(input.value); change(input.value); draw(); } } });
      input.value = text;
      fill(node, input);
      return;
    }
    fill(node, spans.length === 0 && h("span", { class: "quiet" }, "closed"), spans.map(span),
      h("button", { type: "button", class: "spans-add", "aria-label": spans.length ? `${name}: add hours` : `${name}: open`, on: { click: add } }, spans.length ? "+" : "Open"));
    if (focus !== null) (node.querySelectorAll("input")[focus * 2] ?? node.querySelector("button")).focus();
  }

  function span(_, index) {
    const field = (end, words) => {
      const input = h("input", { "aria-label": `${name}: ${words}`, maxlength: "8", spellcheck: "false", autocomplete: "off", on: { change: () => set(input, index, end) } });
      [input.value] = [spans[index][end]];
      return input;
    };
    return h("span", { class: "span" }, field(0, "opens"), h("span", { "aria-hidden": "true" }, "–"), field(1, "closes"),
      h("button", { type: "button", class: "spans-drop", "aria-label": `${name}: take these hours away`, on: { click: () => { spans.splice(index, 1); told(); draw(Math.max(0, index - 1)); } } }, "×"));
  }

  // What is no time is kept as it was typed, and said to be none.
  function set(input, index, end) {
    const time = readTime(input.value);
    mark(input, "aria-invalid", time ? null : "true");
    if (time) input.value = time;
    spans[index][end] = input.value.trim();
    told();
  }

  function add() {
    const last = spans.at(-1)?.[1];
    const from = last ? Math.min(23, parseInt(last, 10) + 1) : 9;
    spans.push([`${from}:00`, `${Math.max(17, Math.min(24, from + 3))}:00`]);
    told();
    draw(spans.length - 1);
  }

  const told = () => change(writeSpans(spans));
  draw();
  return node;
}
