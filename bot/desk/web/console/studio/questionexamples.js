/** How customers ask a question: the example that names it, and the others as a list to write in, newest first. */

import { fill, h, say } from "../dom.js";
import { count } from "./questionhealth.js";
import { line, lines, same } from "./questiontext.js";

const AT_FIRST = 8;
const ENOUGH = 15;
const LEAST = 5;
const PASTED = 40; // at once; of more it is not looked up what they are too near to

/** Make the list. `changed()` is called after each change; `near` is of `questionnear.js`. */
export function createExamples({ near, tell, changed }) {
  const title = line({ id: "q-title", "aria-describedby": "q-title-hint q-title-near", required: true });
  const titleNear = h("div", { id: "q-title-near", class: "q-slot" });
  const adder = line({ id: "q-add", placeholder: "Write it as a customer would", "aria-describedby": "q-add-hint q-add-near" });
  const adderNear = h("div", { id: "q-add-near", class: "q-slot" });
  const add = h("button", { type: "button", on: { click: () => { addTyped(); adder.focus(); } } }, "Add");
  const rows = h("ul", { class: "q-examples" });
  const all = h("button", { type: "button", class: "link", hidden: true, on: { click: showAll } });
  const enough = h("p", { class: "hint", id: "q-enough" });
  const node = h("section", { class: "studio-card q-asks", "aria-labelledby": "q-asks" },
    h("div", { class: "studio-head" }, h("h3", { id: "q-asks" }, "How customers ask it"), enough),
    h("div", { class: "q-field" }, h("label", { for: "q-title" }, "The question"), title, titleNear, h("p", { class: "hint", id: "q-title-hint" }, "The first example. It is also the name in your lists.")),
    h("div", { class: "q-field" }, h("label", { for: "q-add" }, "Other ways to ask it"), h("div", { class: "q-adder" }, adder, add), adderNear,
      h("p", { class: "hint", id: "q-add-hint" }, "Enter adds it; paste a list to add every line. Short, long, misspelt: four different ones teach more than ten alike.")),
    rows, all);
  let open = false;

  const lookTitle = near.watch(title, titleNear);
  near.watch(adder, adderNear);
  title.addEventListener("input", touched);
  title.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) adder.focus(); });
  adder.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) addTyped(); });
  adder.addEventListener("input", () => changed());
  adder.addEventListener("paste", (event) => {
    const pasted = lines(event.clipboardData.getData("text/plain"));
    if (pasted.length < 2) return;
    event.preventDefault();
    put(pasted);
  });

  function addTyped() {
    const typed = lines(adder.value);
    if (!typed.length) return;
    adder.value = "";
    fill(adderNear);
    adder.removeAttribute("data-near");
    put(typed);
  }

  /** Add examples that are not there yet, and say how many those are. */
  function put(texts) {
    const there = new Set(read().map(same));
    const fresh = texts.filter((text) => !there.has(same(text)) && there.add(same(text)));
    if (!title.value.trim() && fresh.length) { title.value = fresh.shift(); lookTitle(false); }
    rows.prepend(...fresh.map((text) => row(text, { fresh: true })).reverse());
    const known = texts.length - fresh.length;
    tell([fresh.length && `${count(fresh.length, "example")} added`, known && `${known} ${known === 1 ? "was" : "were"} there already`].filter(Boolean).join(", ") + ".");
    if (fresh.length <= PASTED) for (const one of [...rows.children].slice(0, fresh.length)) one.look?.(false);
    touched();
    return fresh.length;
  }

  function row(text, { fresh = false } = {}) {
    const slot = h("div", { class: "q-slot" });
    const field = line({ "aria-label": "Example", class: "q-line" }, text);
    const remove = h("button", { type: "button", class: "q-x", "aria-label": `Delete “${text}”`, on: { click: () => take(item, field) } }, "×");
    const item = h("li", { "data-fresh": fresh }, h("div", { class: "q-row" }, field, remove), slot);
    item.look = near.watch(field, slot);
    item.text = () => field.value;
    field.addEventListener("input", () => { remove.setAttribute("aria-label", `Delete “${field.value}”`); touched(); });
    field.addEventListener("keydown", (event) => step(event, item));
    return item;
  }

  // Enter and the arrows at an end go from line to line, as in a list on paper; an emptied line goes with Backspace.
  function step(event, item) {
    const { target: field, key } = event;
    const atEnd = field.selectionStart === field.value.length;
    const to = key === "Enter" || (key === "ArrowDown" && atEnd) ? beside(item, "nextElementSibling") : key === "ArrowUp" && !field.selectionEnd ? beside(item, "previousElementSibling") ?? adder : null;
    if (key === "Backspace" && !field.value) { event.preventDefault(); take(item, field); } else if (to) { event.preventDefault(); to.focus(); }
  }

  function beside(item, side) {
    const next = item[side];
    return next && !next.hidden ? next.querySelector("textarea, button") : null;
  }

  /** Take an example out; where it stood, it can be put back. */
  function take(item, field) {
    const text = field.value.trim();
    const back = h("button", { type: "button", class: "link", on: { click: () => { gone.replaceWith(item); field.focus(); touched(); tell("It is back."); } } }, "Put it back");
    const gone = h("li", { class: "q-gone" }, h("span", { class: "quiet", dir: "auto" }, text ? `Deleted: “${text}”` : "Deleted: an empty line"), back);
    item.replaceWith(gone);
    back.focus();
    touched();
    tell("Deleted. It can be put back until you save.");
  }

  function touched() {
    draw();
    changed();
  }

  function draw() {
    const number = read().length;
    const few = number < LEAST ? `: ${LEAST} at least, ${ENOUGH} are good` : number < ENOUGH ? `: ${ENOUGH} or more are good` : "";
    say(enough, (number ? count(number, "example") : "No example yet") + few);
    const items = [...rows.children];
    items.forEach((item, index) => { item.hidden = !open && index >= AT_FIRST && !item.matches("[data-fresh], .q-gone, :focus-within"); });
    all.hidden = !items.some((item) => item.hidden);
    say(all, `Show all ${items.length}`);
  }

  function showAll() {
    open = true;
    const first = [...rows.children].find((item) => item.hidden);
    draw();
    first?.querySelector("textarea, button").focus();
  }

  /** Give the examples in the order of the file: the one that names the question, then the oldest first. */
  function read() {
    const others = [...rows.children].map((item) => item.text?.() ?? "").reverse();
    return [title.value, ...others].map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
  }

  function show([first = "", ...others]) {
    title.value = first;
    fill(rows, others.map((text) => row(text)).reverse());
    fill(titleNear);
    draw();
  }

  return { node, title, read, show, put, addTyped, waiting: () => adder.value.trim(), lookTitle, focus: () => title.focus() };
}
