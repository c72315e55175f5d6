/** One step of a story: as a bubble of the chat, and as the choices it is made of. */

import { fill, h } from "../dom.js";
import { amongOf, doneIn, plain, short, valueIn } from "./storywords.js";

/** Show a step as it would be in the chat. `first` and `last` tell where a meeting point stands. */
export function seen(step, words, { first }) {
  const { what, names } = step;
  if (what === "says") return bubble("visitor", said(step, words));
  if (what === "does") return acted(step, words);
  if (what === "asks") return line(names[0] ? `Kindhand goes on asking until it has what it needs (${plain(names[0])})` : "Kindhand has all it asked for");
  if (what === "known") return [line(`It is known: ${Object.entries(step.values).map(([slot, value]) => `${plain(slot)} is ${valueIn(value)}`).join(", ")}`), step.heeded === false && step.number !== null && h("p", { class: "s-note" }, "It makes no difference here. How an answer sounds to people who are upset is for its careful wording.")];
  if (what === "joins") return line(names[0] ? `${first ? "Comes from" : "Goes on at"} the meeting point “${names[0]}”` : "A meeting point with other stories");
  return [line("A step that can only be changed in the file"), h("pre", { class: "s-raw", tabindex: "0" }, step.text)];
}

function said({ names, wrote, sure }, words) {
  const texts = names.filter(Boolean).map((name) => words.says.find((one) => one.name === name)?.text ?? plain(name));
  const shown = texts.length ? texts.map((text, index) => h("p", {}, index > 0 && h("span", { class: "s-or" }, "or "), text)) : h("p", { class: "s-open" }, "Choose what the customer says");
  if (!wrote) return shown;
  return [h("p", {}, wrote), h("p", { class: "s-meant" }, texts.length ? `Understood like “${short(texts[0], 60)}”` : "Not understood", !sure && ": please look whether that is right")];
}

function acted(step, words) {
  const { names: [name], answer, buttons = [], questions } = step;
  const among = amongOf(step, words);
  if (!name) return bubble("bot", h("p", { class: "s-open" }, { answer: "Choose the answer", form: "Choose what is asked for", action: "Choose what is done" }[among]));
  if (among === "action") return line(doneIn(name, words));
  if (among === "form") {
    const asked = questions ?? words.forms.find((one) => one.name === name)?.questions ?? [];
    return bubble("bot", [h("p", { class: "s-who" }, `Asks for what it needs: ${plain(name)}`), h("ol", {}, asked.map((text) => h("li", {}, text)))]);
  }
  const text = answer?.plain ?? words.answers.find((one) => one.name === name)?.text;
  const others = Object.entries(answer ?? {}).filter(([tone]) => tone !== "plain");
  return [bubble("bot", [h("p", {}, text || plain(name)), buttons.length > 0 && h("p", { class: "s-buttons" }, buttons.map((title) => h("span", {}, title)))]),
    others.length > 0 && h("details", { class: "s-tones" }, h("summary", {}, "To somebody who is uneasy or upset"), others.map(([tone, other]) => h("p", { dir: "auto" }, h("span", { class: "s-who" }, tone === "warm" ? "Uneasy: " : "Upset: "), other)))];
}

const bubble = (who, inside) => h("div", { class: "s-bubble", "data-who": who, dir: "auto" }, inside);
const line = (text) => h("p", { class: "s-line", dir: "auto" }, text);

/** Make the choices of a step; `changed(step)` gets it as it then is. */
export function choicesOf(step, words, changed) {
  const { what } = step;
  const node = h("div", { class: "s-form" });
  const put = (values) => { Object.assign(step, { answer: undefined, questions: undefined, done: undefined, buttons: undefined }, values); changed(step); };

  if (what === "says") drawSays();
  else if (what === "does") fill(node, among());
  else if (what === "asks") fill(node, select("Which asking", [["", "It is done: Kindhand has what it needs"], ...words.forms.map(({ name }) => [name, `It goes on: ${plain(name)}`])], step.names[0] ?? "", (name) => put({ names: name ? [name] : [] })));
  else if (what === "known") drawKnown();
  else if (what === "joins") fill(node, joining());
  return node;

  function drawSays() {
    const options = [["", "Choose…"], ...words.says.map(({ name, text }) => [name, short(text)])];
    fill(node, step.names.map((name, index) => h("div", { class: "s-choice" },
      select(index ? "Or" : "The customer says", options, name, (value) => put({ names: step.names.with ? step.names.with(index, value) : step.names.map((old, at) => (at === index ? value : old)) })),
      step.names.length > 1 && h("button", { type: "button", class: "s-less", on: { click: () => { put({ names: step.names.filter((_, at) => at !== index) }); drawSays(); node.querySelector("select").focus(); } } }, "Leave out"))),
    h("button", { type: "button", on: { click: () => { put({ names: [...step.names, ""] }); drawSays(); [...node.querySelectorAll("select")].at(-1).focus(); } } }, "Or something else"));
  }

  function among() {
    const [title, all] = {
      answer: ["The answer", words.answers.map(({ name, text }) => [name, text ? short(text) : plain(name)])],
      form: ["What is asked for", words.forms.map(({ name }) => [name, plain(name)])],
      action: ["What is done", [...words.actions.map(({ name }) => [name, short(doneIn(name, words))]), ["action_listen", "It is the customer's turn"]]],
    }[amongOf(step, words)];
    return select(title, [["", "Choose…"], ...all], step.names[0], (name) => put({ names: [name] }));
  }

  function drawKnown() {
    const [slot, value] = Object.entries(step.values)[0] ?? ["", true];
    const values = words.slots.find(({ name }) => name === slot)?.values ?? [];
    const options = [...(values.length ? values : [true]), null];
    fill(node, select("What is known", words.slots.map(({ name }) => [name, plain(name)]), slot, (name) => { put({ values: { [name]: words.slots.find((one) => one.name === name)?.values[0] ?? true } }); drawKnown(); }),
      select("It is", options.map((one, index) => [String(index), !values.length && one === true ? "known" : valueIn(one)]), String(options.indexOf(value)), (index) => put({ values: { [slot]: options[Number(index)] } })));
  }

  function joining() {
    const id = `s-point-${Math.random().toString(36).slice(2, 8)}`;
    const input = h("input", { id, value: step.names[0] ?? "", list: `${id}-list`, maxlength: "80", autocomplete: "off", on: { input: () => put({ names: [input.value] }) } });
    return h("div", { class: "field" }, h("label", { for: id }, "Name of the meeting point"), input, h("datalist", { id: `${id}-list` }, words.checkpoints.map((name) => h("option", { value: name }))),
      h("p", { class: "hint" }, "At the end of one story and at the beginning of others: who comes to it goes on there."));
  }
}

/** Make a labelled choice; a value that is in none of the options stays one, so that nothing is lost. */
function select(label, options, value, chosen) {
  const id = `s-${Math.random().toString(36).slice(2, 8)}`;
  const known = options.some(([name]) => name === value);
  const node = h("select", { id, on: { change: () => chosen(node.value) } }, !known && h("option", { value }, `${plain(value)} (not there any more)`), options.map(([name, text]) => h("option", { value: name }, text)));
  node.value = value;
  return h("div", { class: "field" }, h("label", { for: id }, label), node);
}
