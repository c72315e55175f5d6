/** All questions: found by words or by meaning, by topic, and those first that need care when that is asked for. */

import { fill, h, mark, say } from "../dom.js";
import { icon, moodSign } from "../shapes.js";
import { LEVELS, count, factsOf, healthOf } from "./questionhealth.js";
import { createKept } from "./questionkept.js";

const AT_ONCE = 100;
const PAUSE = 300;
const AGAIN = 2000; // while the examples are still being compared
const ORDERS = [["files", "As in the files"], ["care", "What needs care first"], ["asked", "Most asked first"], ["name", "By name"]];
const chosen = { q: "", topic: "", order: "files" }; // for this tab, so that Back leads to the same list

/** Make the list. */
export function createList({ call, tell, agent }) {
  const kept = createKept(agent);
  const search = h("input", { type: "search", id: "q-search", placeholder: "Search by a word, or as a customer would ask", autocomplete: "off", on: { input: () => { chosen.q = search.value; limit = AT_ONCE; draw(); meant(); } } });
  const topic = h("select", { id: "q-topic", on: { change: () => { chosen.topic = topic.value; draw(); } } });
  const order = h("select", { id: "q-order", on: { change: () => { chosen.order = order.value; draw(); } } }, ORDERS.map(([value, text]) => h("option", { value }, text)));
  const topicField = h("div", { class: "q-select" }, h("label", { for: "q-topic" }, "Topic"), topic);
  const summary = h("p", { class: "q-summary", role: "status" });
  const rows = h("div", { class: "q-list" }, h("p", { class: "quiet q-loading" }, "Loading…"));
  const close = h("div", { class: "q-list" });
  const more = h("button", { type: "button", class: "q-more", hidden: true, on: { click: () => { limit += AT_ONCE; draw(); } } });
  const tools = h("search", { class: "q-tools" },
    h("div", { class: "q-search" }, h("label", { for: "q-search" }, icon("search"), h("span", { class: "unseen" }, "Search the questions")), search),
    topicField, h("div", { class: "q-select" }, h("label", { for: "q-order" }, "Order"), order));
  const node = h("div", { class: "q-all" },
    h("div", { class: "studio-head" }, h("h2", {}, "Questions"),
      h("div", { class: "studio-acts" },
        h("a", { class: "button", href: "#/studio/questions/add/many" }, "Import"),
        h("a", { class: "button", href: "/api/console/studio/questions/export", download: "questions.csv" }, "Export"),
        h("a", { class: "button q-new", href: "#/studio/questions/add/one" }, "New question"))),
    tools, summary, rows, more, close);
  let all = null;
  let limit = AT_ONCE;
  let timer = 0;
  let waiting = 0;
  let comparing = false;
  let closed = false;
  let near = { q: "", intents: [] };

  search.value = chosen.q;
  order.value = chosen.order;

  async function load() {
    try {
      const { questions, topics, compared = true } = await call("GET", "questions");
      if (closed) return;
      if (!compared) waiting = setTimeout(load, AGAIN);
      comparing = !compared;
      const unsaved = kept.intents();
      all = questions.map((question, place) => ({ ...question, place, health: healthOf(question), unsaved: unsaved.has(question.intent), words: wordsOf(question) }));
      topicField.hidden = topics.length < 2;
      if (!topics.includes(chosen.topic)) chosen.topic = "";
      fill(topic, h("option", { value: "" }, "All topics"), topics.map((name) => h("option", { value: name }, name)));
      topic.value = chosen.topic;
      draw();
      meant();
    } catch (problem) {
      fill(rows, h("div", { class: "studio-empty" }, h("h3", {}, "The questions did not load"), h("p", { role: "alert" }, problem.offline ? "The desk cannot be reached just now. Nothing is lost." : problem.message),
        h("button", { type: "button", on: { click: load } }, "Try again")));
    }
  }

  /** What is close in meaning comes below what has the words. */
  function meant() {
    clearTimeout(timer);
    const q = chosen.q.trim();
    if (q.length < 4) { near = { q, intents: [] }; drawClose(); return; }
    timer = setTimeout(async () => {
      const told = await call("POST", "questions/near", { text: q }).catch(() => ({ near: [] }));
      if (closed || chosen.q.trim() !== q) return;
      if (told.compared === false) timer = setTimeout(meant, AGAIN);
      near = { q, intents: told.near.map(({ intent }) => intent) };
      drawClose();
    }, PAUSE);
  }

  function found() {
    const words = chosen.q.toLowerCase().split(/\s+/).filter(Boolean);
    return sorted(all.filter((one) => (!chosen.topic || one.topic === chosen.topic) && words.every((word) => one.words.includes(word))));
  }

  function draw() {
    if (!all) return;
    const shown = found();
    const held = rows.contains(document.activeElement) && document.activeElement.hash;
    const care = all.filter(({ health }) => health.level === "care").length;
    const searching = chosen.q.trim() || chosen.topic;
    say(summary, !all.length ? "" : searching ? `${shown.length || "None"} of ${count(all.length, "question")}` : [count(all.length, "question"), care ? `${care.toLocaleString("en")} ${care === 1 ? "needs" : "need"} care` : !comparing && "none needs care", comparing && "their examples are being compared…"].filter(Boolean).join(", "));
    mark(rows, "data-flat", chosen.order !== "files");
    if (!all.length) fill(rows, nothingYet());
    else fill(rows, kept.hasNew() && !searching && begun(), grouped(shown.slice(0, limit)));
    more.hidden = shown.length <= limit;
    say(more, `Show more (${(shown.length - limit).toLocaleString("en")} left)`);
    if (held) [...rows.querySelectorAll("a")].find((link) => link.hash === held)?.focus();
    drawClose();
  }

  function drawClose() {
    const there = new Set(all ? found().slice(0, limit).map(({ intent }) => intent) : []);
    const meaning = near.intents.map((intent) => all?.find((one) => one.intent === intent)).filter((one) => one && !there.has(one.intent)).slice(0, 5);
    fill(close, meaning.length > 0 && [h("h3", {}, "Close in meaning"), h("ul", {}, meaning.map(card))], all?.length > 0 && !there.size && chosen.q.trim() && notThere(chosen.q.trim()));
  }

  // Headings only where questions stand together by topic.
  function grouped(shown) {
    const titled = chosen.order === "files" && !chosen.topic && new Set(all.map((one) => one.topic)).size > 1;
    if (!titled) return shown.length > 0 && h("ul", {}, shown.map(card));
    return [...new Set(shown.map((one) => one.topic))].map((name) => h("section", {}, h("h3", {}, name || "Others"), h("ul", {}, shown.filter((one) => one.topic === name).map(card))));
  }

  load();
  return { node, focus: () => {}, close: () => { closed = true; clearTimeout(timer); clearTimeout(waiting); } };
}

function card(question) {
  const { intent, title, health, unsaved } = question;
  const { word, mood } = LEVELS[health.level];
  return h("li", { class: "q-card" },
    h("a", { href: `#/studio/questions/${encodeURIComponent(intent)}`, dir: "auto" }, title || intent),
    unsaved && h("span", { class: "tag" }, "Not saved yet"),
    h("p", { class: "q-facts-line" }, factsOf(question)),
    h("p", { class: "q-health", "data-mood": mood }, moodSign(mood), h("strong", {}, word), health.reasons.length > 0 && h("span", {}, health.reasons.slice(0, 2).join(" · "))));
}

const begun = () => h("p", { class: "q-kept" }, "You began a new question and did not save it. ", h("a", { href: "#/studio/questions/add/one" }, "Go on with it"));

function notThere(q) {
  return h("p", {}, "Is it none of these? ", h("a", { href: `#/studio/questions/add/one/${encodeURIComponent(q)}` }, `Make “${q}” a new question`));
}

function nothingYet() {
  return h("div", { class: "studio-empty" }, h("h3", {}, "No questions yet"),
    h("p", {}, "Write down what customers ask again and again, and what you answer. If your website has a page of questions, paste it: each becomes one."),
    h("p", { class: "studio-acts" }, h("a", { class: "button", href: "#/studio/questions/add/one" }, "New question"), h("a", { class: "button", href: "#/studio/questions/add/many" }, "Import")));
}

const wordsOf = ({ title, intent, topic }) => `${title} ${intent.replaceAll("_", " ")} ${topic ?? ""}`.toLowerCase();

function sorted(questions) {
  const by = {
    care: (one, other) => other.health.care - one.health.care,
    asked: (one, other) => other.asked - one.asked,
    name: (one, other) => one.title.localeCompare(other.title),
  }[chosen.order];
  return by ? [...questions].sort((one, other) => by(one, other) || one.place - other.place) : questions;
}
