/** What the cards of the lists have in common: how people felt, where it was said, acts, and a line that undoes. */

import { fill, h } from "../dom.js";
import { route } from "../route.js";
import { moodSign, moodWord } from "../shapes.js";
import { moment } from "../time.js";

const OFFLINE = "The desk cannot be reached just now. Nothing was changed.";
const reasonOf = (refused) => (refused.offline ? OFFLINE : refused.message);

/** Show a mood as its sign and word; nothing where none was read. */
export const mood = (label) => label && h("span", { class: "mood", "data-mood": label }, moodSign(label), h("span", { class: "mood-word" }, moodWord(label)));

/** Say when it was, and lead to the conversation. */
export const whence = (at, conversation) => h("span", { class: "asked-whence" }, h("time", { datetime: at }, moment(at)),
  h("a", { href: route("all", conversation) }, "Conversation"));

/** Make buttons that wait while one of them acts, and say below what went wrong; links may stand before them. */
export function createActs(links, buttons) {
  const problem = h("p", { class: "studio-wrong", role: "alert" });
  const made = buttons.filter(Boolean).map(({ text, act, kind = "", label }) => h("button", { type: "button", class: kind, "aria-label": label, on: { click: () => run(act) } }, text));
  const node = h("div", { class: "asked-acts" }, h("div", { class: "studio-acts" }, links, made), problem);

  async function run(act) {
    problem.textContent = "";
    for (const button of made) button.disabled = true;
    await act().catch((refused) => { problem.textContent = reasonOf(refused); });
    for (const button of made) button.disabled = false;
  }

  return node;
}

/** Put a line in place of `node` that says what was done and takes it back by `undo`; then `node` is there again. */
export function replaceBy(node, text, { undo, tell, more = null }) {
  const problem = h("span", { role: "alert", class: "studio-wrong" });
  const back = h("button", { type: "button", on: { click: takeBack } }, "Undo");
  const line = h("div", { class: "asked-done" }, h("span", { dir: "auto" }, text), more, back, problem);
  node.replaceWith(line);
  back.focus();
  tell(text);

  async function takeBack() {
    back.disabled = true;
    try {
      await undo();
      line.replaceWith(node);
      node.querySelector("button, a")?.focus();
      tell("It is as it was before.");
    } catch (refused) {
      back.disabled = false;
      problem.textContent = reasonOf(refused);
    }
  }
}

/** Make the act that moves a whole card off its list, or from what was put away back to it, and undoes that. */
export function createMove({ call, tell, away, counted }, one, { about, name, items, node }) {
  const [verb, back, done] = away ? ["bring-back", "put-away", "Brought back"] : ["put-away", "bring-back", "Put away"];
  const set = (moved) => { one.done = moved; counted(); };

  async function act() {
    await call("POST", `asked/${verb}`, { about, items });
    set(true);
    replaceBy(node(), `${done}: ${name}`, { tell, undo: async () => {
      await call("POST", `asked/${back}`, { about, items });
      set(false);
    } });
  }

  return { text: away ? "Bring back" : "Put away", label: `${away ? "Bring back" : "Put away"}: ${name}`, act };
}
