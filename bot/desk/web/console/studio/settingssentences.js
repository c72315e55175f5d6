/** The chat's own sentences: in groups, with the wording for upset people, in every language there is. */

import { fill, h, say } from "../dom.js";
import { sentenceRow } from "./settingssentence.js";

/** Make the pane. */
export async function createPane(studio) {
  let told = await studio.call("GET", "settings/sentences");
  const own = told.languages[0];
  const place = h("div", { class: "sentence-groups" });
  const found = h("p", { class: "quiet", role: "status" });
  const language = h("select", { id: "sentence-language", on: { change: () => draw() } }, told.languages.map(({ code, name }) => h("option", { value: code }, code === own.code ? `${name}, your own` : name)));
  const search = h("input", { type: "search", id: "sentence-search", placeholder: "A word in it", on: { input: () => draw() } });
  const opened = new Set();

  function draw() {
    const { value: code } = language;
    const words = search.value.trim().toLowerCase();
    const groups = told.groups.map((group) => ({ ...group, sentences: group.sentences.filter((one) => one.texts[code] && holds(one, code, words)) })).filter(({ sentences }) => sentences.length);
    const count = groups.reduce((sum, { sentences }) => sum + sentences.length, 0);
    say(found, words ? `${count} found.` : "");
    fill(place, groups.map((group) => section(group, code, Boolean(words))));
  }

  function section({ title, sentences }, code, open) {
    const rows = h("div", { class: "sentences" });
    const wrong = told.problems.filter((one) => one.language === code && sentences.some(({ key }) => key === one.field)).length;
    const node = h("details", { class: "studio-card", open: open || opened.has(title) }, h("summary", {}, h("h3", {}, title), h("span", { class: "quiet" }, `${sentences.length}`), wrong > 0 && h("span", { class: "studio-wrong" }, `${wrong} to mend`)), rows);
    // Seventy forms at once would be slow; a group is drawn when it is opened.
    const show = () => { if (!rows.childElementCount) fill(rows, sentences.map((one) => sentenceRow(one, { code, own, told: () => told, save }))); };
    node.addEventListener("toggle", () => { if (node.open) { opened.add(title); show(); } else opened.delete(title); });
    if (node.open) show();
    return node;
  }

  async function save(body) {
    try {
      told = await studio.call("PUT", "settings/sentences", body);
    } catch (problem) {
      problem.details = { ...problem.details, reload: async () => { told = await studio.call("GET", "settings/sentences"); return told; } };
      throw problem;
    }
    studio.changed();
    studio.tell("Saved. It is live once you publish it.");
    return told;
  }

  draw();
  return { node: h("div", { class: "settings-pane" },
    h("p", {}, "Sentences that the chat itself says. The answers to questions are under Questions."),
    h("div", { class: "sentence-tools" }, h("div", { class: "field" }, h("label", { for: "sentence-language" }, "Language"), language),
      h("div", { class: "field" }, h("label", { for: "sentence-search" }, "Find a sentence"), search)), found, place) };
}

const holds = ({ when, key, texts }, code, words) => !words || [when, key, texts[code].text, texts[code].upset].some((text) => text.toLowerCase().includes(words));
