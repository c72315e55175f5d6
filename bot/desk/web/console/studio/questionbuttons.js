/** The buttons under an answer: what stands on each, and what happens when a customer presses it. */

import { h } from "../dom.js";

const PERSON = "/speak_to_human";
let made = 0;

/** Make the buttons of one wording; `questions()` promises `[{ intent, title }]`. `add` is the button that adds one. */
export function createAnswerButtons({ buttons, questions, changed }) {
  const list = h("ul", { class: "q-buttons" });
  const node = h("div", { hidden: true }, h("p", { class: "hint" }, "Buttons under this wording"), list);
  const add = h("button", { type: "button", on: { click: () => { const one = row({ title: "", payload: PERSON }); put(one); one.words.focus(); } } }, "Add a button");

  function row({ title, payload }) {
    const id = `q-button-${made += 1}`;
    const words = h("input", { id, maxlength: "40", autocomplete: "off", placeholder: "On the button", on: { input: changed } });
    const act = h("select", { id: `${id}-act`, on: { change: changed } });
    const remove = h("button", { type: "button", class: "q-x", "aria-label": `Delete the button “${title}”`, on: { click: () => { item.remove(); look(); changed(); add.focus(); } } }, "×");
    const item = h("li", {}, h("label", { class: "unseen", for: id }, "On the button"), words, h("label", { class: "unseen", for: act.id }, "What happens"), act, remove);
    words.value = title;
    item.words = words;
    item.read = () => ({ title: words.value.trim(), payload: act.value });
    offer(act, payload, []);
    if (payload !== PERSON) questions().then((all) => offer(act, payload, all.filter(({ intent }) => `/${intent}` === payload)));
    // All of them only for somebody who looks: there may be thousands.
    act.addEventListener("focus", () => questions().then((all) => offer(act, act.value, all)), { once: true });
    return item;
  }

  function offer(act, payload, all) {
    const known = all.map(({ intent, title }) => option(`/${intent}`, `Answers “${title}”`));
    const held = payload === PERSON || known.some(({ value }) => value === payload);
    act.replaceChildren(option(PERSON, "A person takes over"), ...(held ? [] : [option(payload, `As it is now: ${payload}`)]), ...known);
    act.value = payload;
  }

  function put(one) {
    list.append(one);
    look();
    changed();
  }

  function look() {
    node.hidden = !list.firstChild;
  }

  list.append(...buttons.map(row));
  look();
  return { node, add, read: () => [...list.children].map((one) => one.read()).filter(({ title }) => title) };
}

const option = (value, text) => h("option", { value }, text);
