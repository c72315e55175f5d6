/** When a person takes over: sentences with choices in them, topics, good customers, and what it would have meant. */

import { fill, h, say } from "../dom.js";
import { createReplay } from "./settingsreplay.js";
import { createSaving, problemAt } from "./settingssave.js";

const LOWEST = 0.5;
const HIGHEST = 2;

/** Make the pane. */
export async function createPane(studio) {
  const read = () => studio.call("GET", "settings/escalation");
  const told = await read();
  const form = h("div", { class: "settings-form" });
  const replay = createReplay(studio, { heard: (words) => spoken(words) });
  const saving = createSaving({ name: "escalation", told, read, write: (body) => studio.call("PUT", "settings/escalation", body), draw, compare: (values) => compare(values, told), studio });
  let slider = null;

  function draw(values, known) {
    slider = sensitivity(values);
    replay.steer([slider.node, problemAt(known.problems, known.file, "sensitivity")]);
    fill(form,
      h("section", { class: "studio-card ladder", "aria-labelledby": "ladder-title" }, h("h3", { id: "ladder-title" }, "The steps"),
        told.sentences.slice(0, 4).map((sentence) => line(sentence, values, known))),
      replay.node,
      topics("always", "These always go to a person, however calmly they are told", values, known),
      topics("never", "These never do on their own", values, known),
      vips(values, known));
    replay.show(values);
  }

  function set(key, value) {
    const values = { ...saving.values, [key]: value };
    saving.change(values);
    replay.show(values);
  }

  function line(sentence, values, known) {
    const id = `ladder-${sentence.key}`;
    const chosen = values[sentence.key];
    const listed = sentence.choices.some(({ value }) => value === chosen);
    const options = [...sentence.choices.map(({ value, words }) => option(value, value === sentence.delivered ? `${words} (as delivered)` : words, chosen)),
      !listed && option(chosen, `at ${chosen}, as the file has it`, chosen)];
    return h("p", { class: "ladder-line" }, h("label", { for: id }, `${sentence.before} `),
      h("select", { id, "data-key": sentence.key, on: { change: (event) => set(sentence.key, Number(event.target.value)) } }, options.filter(Boolean)),
      problemAt(known.problems, known.file, sentence.key));
  }

  function option(value, words, chosen) {
    const node = h("option", { value }, words);
    node.selected = value === chosen;
    return node;
  }

  function sensitivity(values) {
    const input = h("input", { type: "range", id: "sensitivity", min: LOWEST, max: HIGHEST, step: 0.05, value: values.sensitivity, "aria-describedby": "sensitivity-hint" });
    const output = h("output", { for: "sensitivity" });
    const tell = (more = "") => {
      const words = sensitivityWords(Number(input.value));
      say(output, words);
      input.setAttribute("aria-valuetext", more ? `${words}: ${more}` : words);
    };
    input.addEventListener("input", () => { tell(); set("sensitivity", Number(input.value)); });
    tell();
    return { tell, node: h("div", { class: "ladder-slider" }, h("label", { for: "sensitivity" }, "All in all, it reacts"), output, input,
      h("div", { class: "ladder-ends", "aria-hidden": "true" }, h("span", {}, "later"), h("span", {}, "sooner")),
      h("p", { class: "hint", id: "sensitivity-hint" }, "Move it, and see what that would have meant for the conversations you had. The same goes for whatever you change on this page.")) };
  }

  // The replay's result is spoken with the slider's own value.
  function spoken(words) {
    slider?.tell(words);
    saving.add(words);
  }

  function topics(list, title, values, known) {
    const other = list === "always" ? "never" : "always";
    return h("fieldset", { class: "studio-card topics" }, h("legend", {}, h("h3", {}, title)),
      list === "never" && h("p", { class: "hint" }, "Somebody who is angry or asks for a person gets one all the same. What is in neither list goes by how upset somebody is."),
      h("ul", {}, told.topics.filter(({ at_once: able, locked }) => list === "always" ? able : !locked).map((topic) => {
        const id = `${list}-${topic.name}`;
        const box = h("input", { type: "checkbox", id, disabled: list === "always" && topic.locked && values.always.includes(topic.name), "aria-describedby": `${id}-says` });
        box.checked = values[list].includes(topic.name);
        box.addEventListener("change", () => {
          const rest = values[other].filter((name) => name !== topic.name);
          const mine = box.checked ? [...values[list], topic.name] : values[list].filter((name) => name !== topic.name);
          if (box.checked && rest.length < values[other].length) studio.tell(`${topic.title}: no longer under “${other === "always" ? "always" : "never"}”.`);
          const next = { ...saving.values, [list]: mine, [other]: box.checked ? rest : values[other] };
          saving.change(next);
          draw(next, saving.saved);
          document.getElementById(id)?.focus();
        });
        return h("li", { class: "topic" }, box, h("div", {}, h("label", { for: id }, topic.title),
          h("p", { class: "quiet", id: `${id}-says` }, list === "always" ? h("q", {}, topic.says.at(-1)) : `Otherwise: ${lower(topic.otherwise)}`,
            list === "always" && topic.locked && " This cannot be switched off.")));
      })),
      values[list].filter((name) => !told.topics.some((topic) => topic.name === name)).map((name) => h("p", { class: "studio-wrong" }, `“${name}” in the file is no topic that can be sensed.`)),
      list === "never" && values.never.filter((name) => told.topics.some((topic) => topic.locked && topic.name === name)).map((name) => h("p", { class: "studio-wrong" },
        `The file says never for “${told.topics.find((topic) => topic.name === name).title}”, which must not be switched off. `,
        h("button", { type: "button", on: { click: () => { const next = { ...saving.values, never: values.never.filter((one) => one !== name), always: [...new Set([...values.always, name])] }; saving.change(next); draw(next, saving.saved); } } }, "Mend it"))),
      problemAt(known.problems, known.file, list));
  }

  function vips(values, known) {
    const { count, of, where } = told.vips;
    const bonus = told.sentences.find(({ key }) => key === "vip_bonus");
    return h("section", { class: "studio-card", "aria-labelledby": "vip-title" }, h("h3", { id: "vip-title" }, "Good customers"), line(bonus, values, known),
      count !== null && h("p", {}, `${count} of ${of} customers ${count === 1 ? "is a VIP" : "are VIPs"} in the records now.`), h("p", { class: "hint" }, where));
  }

  draw(saving.values, told);
  return { node: h("div", { class: "settings-pane" }, form, saving.node), close: replay.close };
}

/** Say a sensitivity in words. */
export function sensitivityWords(value) {
  const words = value < 0.75 ? "much later than delivered" : value < 0.95 ? "a little later than delivered" : value < 1.05 ? "as delivered" : value < 1.35 ? "a little sooner than delivered" : "much sooner than delivered";
  return `${value.toFixed(2).replace(/0$/, "")}, ${words}`;
}

function compare(values, told) {
  const title = (name) => told.topics.find((topic) => topic.name === name)?.title ?? name;
  const chosen = ({ key, choices }) => choices.find(({ value }) => value === values[key])?.words ?? String(values[key]);
  return [...told.sentences.map((sentence) => [sentence.before, chosen(sentence)]), ["All in all, it reacts", sensitivityWords(values.sensitivity)],
    ["Always to a person", values.always.map(title).join(", ") || "none"], ["Never on their own", values.never.map(title).join(", ") || "none"]];
}

const lower = (text) => text[0].toLowerCase() + text.slice(1);
