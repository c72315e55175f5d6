/** The words that the business fills in, offered by name while an answer is written: “Delivery time: 2 to 3 days”. */

import { fill, h } from "../dom.js";

const GAP = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const TYPED = /\{([A-Za-z0-9_ ]*)$/;
const MOST = 50;
let made = 0;

/** Say a fact's name as words: `shipping_time` is “Shipping time”. */
export function named(name) {
  const words = name.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}

/** Fill in what is known; what is only begun is left out, the rest stays as it is. */
export function filled(text, facts) {
  return text.replace(/\{\w*$/, "").replace(GAP, (gap, name) => facts.find((fact) => fact.name === name)?.value ?? gap);
}

/** Tell which gaps a text has: `[{ name, value }]`, with a null value where nothing is known to fill it in. */
export function gapsOf(text, { facts, slots }) {
  const names = [...new Set([...text.matchAll(GAP)].map(([, name]) => name))];
  return names.filter((name) => !slots.includes(name)).map((name) => ({ name, value: facts.find((fact) => fact.name === name)?.value ?? null }));
}

/** Give the facts whose name or value has all of the words typed, those first whose name has them as they were typed. */
export function fitting(facts, typed) {
  const phrase = typed.toLowerCase().replaceAll("_", " ").trim();
  const words = phrase.split(/\s+/).filter(Boolean);
  const rank = ({ name, value }) => {
    const title = name.replaceAll("_", " ").toLowerCase();
    if (title.startsWith(phrase)) return 0;
    if (title.includes(phrase)) return 1;
    if (words.every((word) => title.includes(word))) return 2;
    return words.every((word) => title.includes(word) || value.toLowerCase().includes(word)) ? 3 : null;
  };
  return facts.map((fact) => [rank(fact), fact]).filter(([place]) => place !== null)
    .sort(([one], [other]) => one - other).slice(0, MOST).map(([, fact]) => fact);
}

/** Make the list for `box`, which opens by its button or by `{` in the text, is narrowed by typing and steered by arrows. */
export function createFacts({ box, facts, tell }) {
  const id = `facts-${made += 1}`;
  const list = h("ul", { id, class: "q-facts", role: "listbox", "aria-label": "Facts of your business", tabindex: "0", hidden: true, on: { focus: () => box.focus() } });
  const button = h("button", { type: "button", "aria-haspopup": "listbox", "aria-controls": id, on: { click: begin } }, "Insert a fact");
  let shown = [];
  let at = 0;
  let start = 0;
  let begun = false; // by the button: without a fact, its brace goes again

  box.addEventListener("input", look);
  box.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== box) leave(); }, 100));
  box.addEventListener("keydown", key);

  /** Begin a gap where the caret is. */
  function begin() {
    if (begun) drop();
    box.focus();
    box.setRangeText("{", box.selectionStart, box.selectionEnd, "end");
    begun = true;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function look() {
    const typed = TYPED.exec(box.value.slice(0, box.selectionStart));
    shown = typed ? fitting(facts(), typed[1]) : [];
    if (!shown.length) { close(); return; }
    start = typed.index;
    at = 0;
    fill(list, shown.map(option));
    list.hidden = false;
    choose(0);
    tell(`${shown.length} facts. Arrows choose, Enter puts it in.`);
  }

  function option({ name, value }, index) {
    return h("li", { role: "option", id: `${id}-${index}`, on: { pointerdown: (event) => { event.preventDefault(); put(index); } } },
      h("strong", {}, named(name)), h("span", { dir: "auto" }, value));
  }

  function choose(index) {
    at = (index + shown.length) % shown.length;
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    list.children[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", `${id}-${at}`);
  }

  function put(index) {
    const { name } = shown[index];
    begun = false;
    const end = box.selectionStart;
    const closed = box.value[end] === "}" ? end + 1 : end;
    box.setRangeText(`{${name}}`, start, closed, "end");
    close();
    box.dispatchEvent(new Event("input", { bubbles: true }));
    tell(`${named(name)} is in.`);
  }

  function key(event) {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(at + step);
    else if (event.key === "Enter" || event.key === "Tab") put(at);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function leave() {
    close();
    if (begun) drop();
  }

  /** Take out what the button began, with what was typed to find a fact. */
  function drop() {
    begun = false;
    const typed = TYPED.exec(box.value.slice(0, box.selectionStart));
    if (!typed) return;
    box.setRangeText("", typed.index, box.selectionStart, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function close() {
    list.hidden = true;
    box.removeAttribute("aria-activedescendant");
  }

  return { button, list };
}
