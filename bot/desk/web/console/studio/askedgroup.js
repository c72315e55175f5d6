/** One group of messages that were not surely understood, and what an owner makes of them. */

import { h } from "../dom.js";
import { moodWord, MOOD_LABELS } from "../shapes.js";
import { moment } from "../time.js";
import { createActs, createMove, mood, replaceBy, whence } from "./askedacts.js";
import { chooseQuestion } from "./askedpick.js";
import { count } from "./questionhealth.js";

const NEW = "kindhand.studio.new"; // what the form for a new question begins with

/** Draw a group; ticks say which of its messages an act is about. */
export function createGroup(group, studio) {
  const { call, tell, go, changed, away, titles, counted } = studio;
  const { text, size, feelings, suggested, messages, rest } = group;
  const rows = messages.map((message) => createRow(message, titles, { alone: size === 1 }));
  const open = () => rows.filter(({ node: row }) => !row.hidden);
  const ticked = () => open().filter(({ tick }) => tick.checked);
  const places = h("div", { class: "asked-places" });
  const move = createMove(studio, group, { about: "unknown", name: text, items: itemsOf(rows, rest), node: () => node });
  const acts = away ? [move] : [
    suggested?.editable && { text: `Add to “${short(suggested.title)}”`, kind: suggested.likely ? "primary" : "", act: () => teach(suggested) },
    { text: "Another question…", label: `Add to another question: ${text}`, act: choose },
    { text: "New question", label: `New question: ${text}`, kind: suggested?.editable && suggested.likely ? "" : "primary", act: create },
    { text: "Put away", label: `Put away: ${text}`, act: putAway }];
  const list = h("ul", { class: "asked-messages" }, rows.map(({ node: row }) => row));
  const node = h("article", { class: "studio-card asked-card" },
    places, h("h3", { dir: "auto" }, text),
    h("p", { class: "asked-about" }, h("span", {}, size === 1 ? "Asked once" : `Asked ${size.toLocaleString("en")} times`), feltIn(feelings), size > 1 && h("span", { class: "quiet" }, `the last time ${moment(messages[0].at)}`)),
    size === 1 ? list : h("details", {}, h("summary", {}, `See the ${count(size, "message")}`), !away && h("p", { class: "hint" }, "Take the tick away from what does not belong here."), list, rest.length > 0 && h("p", { class: "quiet" }, `And ${rest.length} more, which go with them.`)),
    !away && suggested && h("p", { class: "quiet asked-near" }, `Nearest ${suggested.editable ? "question" : "task"}: “${suggested.title}”, ${Math.round(suggested.likeness * 100)}% alike`),
    createActs(null, acts));

  /** Do something to what is ticked: all of it goes with its card, a part of it leaves the rest on it. */
  function done(chosen, words, { undo, more }) {
    const all = chosen.length === open().length;
    const set = (hidden) => {
      group.done = hidden && all;
      for (const { node: row } of chosen) row.hidden = hidden && !all;
      group.left = open().length + rest.length;
      counted();
    };
    const place = all ? node : places.appendChild(h("div"));
    set(true);
    replaceBy(place, words, { tell, more, undo: async () => { await undo(); set(false); } });
  }

  function chosenOnes() {
    const chosen = ticked();
    if (!chosen.length) throw new Error("Tick at least one message.");
    return { chosen, items: itemsOf(chosen, chosen.length === rows.length ? rest : []), texts: [...new Set(chosen.map(({ message }) => message.text))] };
  }

  async function teach({ intent, title }) {
    const { chosen, items, texts } = chosenOnes();
    const { added } = await call("POST", "asked/teach", { intent, texts, items });
    changed();
    const words = added.length ? `${count(added.length, "example")} added to “${title}”.` : `“${title}” has them as examples already.`;
    done(chosen, words, { more: h("a", { href: `#/studio/questions/${encodeURIComponent(intent)}` }, "Open it"), undo: async () => {
      await (added.length ? call("POST", "asked/unteach", { intent, texts: added, items }) : call("POST", "asked/bring-back", { about: "unknown", items }));
      changed();
    } });
  }

  async function choose() {
    chosenOnes();
    await chooseQuestion(node, { call, texts: count(ticked().length, "message"), take: teach });
  }

  async function create() {
    const { texts } = chosenOnes();
    sessionStorage.setItem(NEW, JSON.stringify({ examples: texts }));
    go("questions", "add", "one", texts.includes(text) ? text : texts[0]);
  }

  async function putAway() {
    const { chosen, items } = chosenOnes();
    await call("POST", "asked/put-away", { about: "unknown", items });
    done(chosen, `Put away: ${chosen.length === 1 ? chosen[0].message.text : count(items.length, "message")}`, { undo: () => call("POST", "asked/bring-back", { about: "unknown", items }) });
  }

  return node;
}

function createRow(message, titles, { alone }) {
  const { text, at, conversation, feeling } = message;
  const tick = h("input", { type: "checkbox", checked: true, hidden: alone });
  const words = h("span", { dir: "auto" }, text);
  const node = h("li", {}, !alone && h("label", { class: "asked-tick" }, tick, words),
    h("p", { class: "asked-about" }, mood(feeling), h("span", { class: "quiet" }, why(message, titles)), whence(at, conversation)));
  return { message, tick, node };
}

/** Say in words what the assistant made of a message. */
function why({ why: reason, guess, confidence }, titles) {
  const thought = guess && `“${short(titles[guess] ?? guess.replaceAll("_", " "))}”`;
  if (reason === "unsure") return `Taken for ${thought}, but not surely (${Math.round(confidence * 100)} in 100)`;
  if (reason === "torn") return `Taken for ${thought}, but another one was as likely`;
  return thought ? `Not understood; nearest was ${thought}` : "Not understood";
}

function feltIn(feelings) {
  const worse = MOOD_LABELS.filter((label) => label !== "calm" && feelings[label]).reverse();
  if (worse.length) return worse.map((label) => h("span", { class: "asked-felt" }, feelings[label] > 1 && `${feelings[label]} ×`, mood(label)));
  return feelings.calm ? h("span", { class: "quiet" }, feelings.calm > 1 ? `all ${moodWord("calm").toLowerCase()}` : moodWord("calm").toLowerCase()) : null;
}

const itemsOf = (rows, rest) => [...rows.map(({ message }) => ({ conversation: message.conversation, item: String(message.seq) })), ...rest];
const short = (text) => (text.length > 48 ? `${text.slice(0, 46).trimEnd()}…` : text);
