/** All rules and stories, each in a sentence; those of the questions apart, because they are edited there. */

import { fill, h, say } from "../dom.js";
import { icon } from "../shapes.js";
import { chooseConversation } from "./storyfrom.js";

const AT_ONCE = 200;
const chosen = { q: "" }; // for this tab, so that Back leads to the same list

/** Make the list. */
export function createStoryList({ call, go }) {
  const search = h("input", { type: "search", id: "s-search", placeholder: "Search by a word", autocomplete: "off", on: { input: () => { chosen.q = search.value; draw(); } } });
  const summary = h("p", { class: "s-quiet", role: "status" }, "Loading…");
  const rows = h("div", { class: "s-list" });
  const dialogs = h("div", {});
  const node = h("div", { class: "s-list" },
    h("div", { class: "studio-head" }, h("h2", { tabindex: "-1" }, "Stories and rules"),
      h("div", { class: "studio-acts" },
        h("button", { type: "button", on: { click: () => chooseConversation({ call, go, place: dialogs }) } }, "From a conversation"),
        h("a", { class: "button", href: "#/studio/stories/new/rule" }, "New rule"),
        h("a", { class: "button s-new", href: "#/studio/stories/new/story" }, "New story"))),
    h("p", { class: "s-quiet" }, "A rule says what always follows when a customer says something. A story is for where the course of a conversation matters; a rule comes before it."),
    h("search", { class: "s-search" }, h("label", { for: "s-search" }, icon("search"), h("span", { class: "unseen" }, "Search the stories and rules")), search),
    summary, rows, dialogs);
  let all = null;
  search.value = chosen.q;

  async function load() {
    try {
      ({ flows: all } = await call("GET", "stories"));
      draw();
    } catch (problem) {
      say(summary, "");
      fill(rows, h("div", { class: "studio-empty" }, h("h3", {}, "The stories did not load"), h("p", { role: "alert" }, problem.offline ? "The desk cannot be reached just now. Nothing is lost." : problem.message),
        h("button", { type: "button", on: { click: load } }, "Try again")));
    }
  }

  function draw() {
    if (!all) return;
    const words = chosen.q.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter((one) => words.every((word) => `${one.name} ${one.words}`.toLowerCase().includes(word)));
    const stories = found.filter(({ kind }) => kind === "story");
    const rules = found.filter(({ kind, question }) => kind === "rule" && !question);
    const asked = found.filter(({ question }) => question);
    const wrong = all.filter(({ faults }) => faults).length;
    say(summary, words.length ? `${found.length || "None"} of ${all.length}` : wrong ? `${wrong} to mend before you can publish` : "Nothing contradicts anything else.");
    fill(rows,
      section("Stories", stories, words.length || h("div", { class: "studio-empty" }, h("h3", {}, "No story yet"), h("p", {}, "Most shops need none: a question has its answer by a rule. Make one when an answer depends on what was said before, or begin with a conversation that went well."))),
      section("Rules", rules, words.length || h("p", { class: "s-quiet" }, "There is no rule besides those of the questions.")),
      asked.length > 0 && h("details", { class: "s-asked", open: Boolean(words.length) || asked.some(({ faults }) => faults) },
        h("summary", {}, `${asked.length} ${asked.length === 1 ? "question has" : "questions have"} a rule of ${asked.length === 1 ? "its" : "their"} own`), cards(asked)));
  }

  function section(title, found, empty) {
    if (!found.length && (empty === true || typeof empty === "number")) return null;
    return h("section", { class: "s-list" }, h("h3", {}, title), found.length ? cards(found) : empty);
  }

  const cards = (found) => [h("ul", {}, found.slice(0, AT_ONCE).map(card)), found.length > AT_ONCE && h("p", { class: "s-quiet" }, `${(found.length - AT_ONCE).toLocaleString("en")} more: search for them by a word.`)];

  function card({ id, name, words, question, faults, notes }) {
    return h("li", { class: "s-card" },
      h("a", { href: `#/studio/stories/${encodeURIComponent(id)}`, dir: "auto" }, name || "Without a name"),
      faults > 0 && h("span", { class: "studio-wrong" }, `${faults} to mend`),
      faults === 0 && notes > 0 && h("span", { class: "s-quiet" }, `${notes} to look at`),
      h("p", { class: "s-words", dir: "auto" }, words),
      question && h("p", { class: "s-quiet" }, h("a", { href: `#/studio/questions/${encodeURIComponent(question)}` }, "Open the question")));
  }

  load();
  return { node, focus: () => node.querySelector("h2").focus() };
}
