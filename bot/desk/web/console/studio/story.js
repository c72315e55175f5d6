/** One story or rule as the chat it is: each step can be changed, moved, added and deleted. */

import { fill, h, say } from "../dom.js";
import { createMenu } from "../menu.js";
import { createKept } from "./questionkept.js";
import { createLeave } from "./questionleave.js";
import { askDelete, askName, askSplit } from "./storyasks.js";
import { createSides } from "./storysides.js";
import { choicesOf, seen } from "./storystep.js";
import { fresh, kindsOf, nameOf } from "./storywords.js";

const AWAY = "The desk cannot be reached just now. What you did is kept in this tab; save again when it is back.";
const SAVED = ["what", "names", "values", "number"];

/** Make the page of the story or rule `id`, of a new one of a `kind`, or of one from a `conversation`. */
export function createStory({ call, go, tell, agent, changed: filesChanged }, { id = null, kind = "story", conversation = null }) {
  const kept = createKept({ id: `${agent.id}/stories` });
  const drawer = id ?? (conversation ? `from:${conversation}` : `new:${kind}`);
  let words = null;
  let base = { kind, name: "", steps: [], condition: [], at_start: false, waits: true, wrong: [], mark: null };
  let flow = null;
  let clean = "";
  let open = null; // the step whose choices are shown

  const title = h("h2", { tabindex: "-1", dir: "auto" });
  const about = h("p", { class: "hint" });
  const notice = h("div", { class: "s-notice" });
  const name = h("input", { id: "s-name", maxlength: "120", autocomplete: "off", on: { input: () => { flow.name = name.value; touched(); } } });
  const conditions = h("div", { class: "s-conditions" });
  const chat = h("ol", { class: "s-chat", "aria-label": "Steps" });
  const adder = h("div", { class: "studio-acts" });
  const state = h("p", { class: "s-state", role: "status" });
  const saver = h("button", { type: "button", class: "primary", "aria-keyshortcuts": "Control+S", title: "Ctrl S", on: { click: save } }, "Save");
  const undo = h("button", { type: "button", hidden: true, on: { click: startOver } }, "Throw away");
  const more = h("div", { class: "studio-acts" });
  const dialogs = h("div", {});
  const form = h("div", { class: "s-page", hidden: true },
    h("div", { class: "field" }, h("label", { for: "s-name" }, "Name, for you and your colleagues"), name),
    conditions, chat, adder,
    h("div", { class: "s-bar" }, state, h("div", { class: "studio-acts" }, undo, saver)), more);
  const node = h("div", { class: "s-page", on: { keydown: keys } }, h("p", {}, h("a", { class: "s-back", href: "#/studio/stories" }, "All stories and rules")), title, about, notice, form, dialogs);
  const leave = createLeave({ place: dialogs, unsaved: () => flow && unsaved(), forget: () => kept.drop(drawer) });

  const address = (verb = "one") => `stories/${verb}?${new URLSearchParams({ id })}`;
  const plainStep = (step) => Object.fromEntries(SAVED.filter((key) => step[key] !== undefined).map((key) => [key, step[key]]));
  const written = () => ({ kind: flow.kind, name: flow.name.trim(), steps: flow.steps.map(plainStep), condition: flow.condition.map(plainStep), at_start: flow.at_start, waits: flow.waits });
  const unsaved = () => JSON.stringify(written()) !== clean;
  const copy = (told) => structuredClone({ kind: told.kind, name: told.name, steps: told.steps, condition: told.condition, at_start: told.at_start, waits: told.waits });

  async function load() {
    fill(notice, h("p", { class: "s-quiet" }, conversation ? "Reading the conversation. The first time this takes some seconds." : "Loading…"));
    try {
      const [known, told] = await Promise.all([call("GET", "stories/words"), id ? call("GET", address()) : conversation ? call("GET", `stories/from/${encodeURIComponent(conversation)}`, undefined, 120_000) : null]);
      words = known;
      fill(notice);
      form.hidden = false;
      const held = kept.read(drawer);
      if (id) begin(told, held && held.base.mark === told.mark ? held.draft : null);
      else begin({ ...base, steps: told ? told.steps : [fresh("says", words), fresh("answer", words)] }, held?.draft);
      if (held && id && held.base.mark !== told.mark) { flow = held.draft; draw(); differs(told, told.hand?.author); }
      else if (held) fill(notice, h("p", { class: "s-kept" }, "What you did before and did not save is still here. ", h("button", { type: "button", class: "link", on: { click: startOver } }, "Throw it away")));
      if (conversation && told.steps.length === 0) fill(notice, h("p", { role: "alert" }, "The bot had no part in this conversation, so there is nothing to tell."));
    } catch (problem) {
      fill(notice, h("div", { class: "studio-card" }, h("p", { role: "alert" }, problem.offline ? "The desk cannot be reached just now. Nothing is lost." : problem.message),
        h("div", { class: "studio-acts" }, h("button", { type: "button", on: { click: load } }, "Try again"), h("a", { class: "button", href: "#/studio/stories" }, "All stories and rules"))));
    }
  }

  function begin(told, draft) {
    base = told;
    flow = copy(told);
    clean = JSON.stringify(written());
    if (draft) flow = draft;
    open = id || conversation ? null : flow.steps[0];
    name.value = flow.name;
    draw();
    touched();
  }

  function startOver() {
    kept.drop(drawer);
    fill(notice);
    begin(base, null);
    title.focus();
  }

  function draw() {
    say(title, id ? flow.name || "Without a name" : conversation ? "A story from a conversation" : flow.kind === "rule" ? "New rule" : "New story");
    fill(about, base.file && h("span", {}, flow.kind === "rule" ? "A rule" : "A story", " in the file ", h("code", {}, base.file)), base.hand && ` · last saved here by ${base.hand.author}`);
    drawConditions();
    fill(chat, flow.steps.map(row), general());
    fill(adder, addMenu("Add a step", flow.steps.length).node);
    fill(more, id && [
      h("button", { type: "button", on: { click: () => askName({ call, place: dialogs, path: address("duplicate"), mark: base.mark, first: `${base.name} (2)`, unsaved, done: opened }) } }, "Duplicate…"),
      h("button", { type: "button", class: "s-plain", on: { click: () => askDelete({ call, place: dialogs, path: address(), mark: base.mark, name: base.name, done: deleted }) } }, `Delete this ${flow.kind}…`)]);
  }

  function drawConditions() {
    if (flow.kind !== "rule") { fill(conditions); return; }
    const start = h("input", { type: "checkbox", id: "s-start", on: { change: () => { flow.at_start = start.checked; touched(); } } });
    const waits = h("input", { type: "checkbox", id: "s-waits", on: { change: () => { flow.waits = waits.checked; touched(); } } });
    start.checked = flow.at_start;
    waits.checked = flow.waits;
    const rows = flow.condition.map((step, index) => h("div", { class: "s-choice" }, step.what === "kept" ? seen(step, words, {}) : choicesOf(step, words, () => touched()),
      h("button", { type: "button", class: "s-less", on: { click: () => { flow.condition.splice(index, 1); drawConditions(); touched(); conditions.querySelector("button, input").focus(); } } }, "Leave out")));
    const add = (what, text) => h("button", { type: "button", on: { click: () => { flow.condition.push(what === "asks" ? { ...fresh("asks", words), names: [words.forms[0].name] } : fresh(what, words)); drawConditions(); touched(); } } }, text);
    fill(conditions, h("fieldset", { class: "s-when" }, h("legend", {}, "When it holds"),
      rows.length === 0 && h("p", { class: "s-quiet" }, "Always."), rows,
      h("div", { class: "studio-acts" }, words.forms.length > 0 && add("asks", "Only while something is asked for"), words.slots.length > 0 && add("known", "Only if something is known")),
      h("label", { class: "s-check" }, start, "Only as the first thing in a conversation"),
      h("label", { class: "s-check" }, waits, "After it, it is the customer's turn")));
  }

  function row(step, index) {
    const told = nameOf(step, words);
    const problems = base.wrong.filter((one) => one.step !== null && one.step === step.number);
    const shown = h("div", { class: "s-seen" }, seen(step, words, { first: index === 0 }));
    const act = (text, label, off, does) => h("button", { type: "button", class: "s-act", "aria-label": `${label}: ${told}`, title: label, disabled: off, on: { click: does } }, text);
    const item = h("li", { class: "s-step", "data-what": step.what, "data-who": step.what === "says" ? "visitor" : null, "data-open": step === open },
      shown,
      h("div", { class: "s-acts" },
        act("↑", "Move up", index === 0, () => move(index, -1)),
        act("↓", "Move down", index === flow.steps.length - 1, () => move(index, 1)),
        step.what !== "kept" && act(step === open ? "Done" : "Change", step === open ? "Done" : "Change", false, () => { open = step === open ? null : step; draw(); focusOn(step, open ? ".s-form :is(select, input)" : ".s-act[title=Change]"); }),
        addMenu("Add", index + 1, told).node,
        id && flow.kind === "story" && index > 0 && act("Divide", "Divide the story here", unsaved(), () => askSplit({ call, place: dialogs, path: address("split"), mark: base.mark, at: index, first: `${base.name}, second part`, done: opened })),
        act("Delete", "Delete", flow.steps.length === 1, () => drop(index))),
      step === open && choicesOf(step, words, () => { fill(shown, seen(step, words, { first: index === 0 })); touched(); }),
      problems.map(wrong));
    return item;
  }

  const general = () => base.wrong.some(({ step }) => step === null) && h("li", { class: "s-step" }, base.wrong.filter(({ step }) => step === null).map(wrong));
  const wrong = ({ kind: how, text, mend, other }) => h("p", { class: "s-wrong", "data-how": how }, h("strong", {}, text), ` ${mend}`, other && [" ", h("a", { href: `#/studio/stories/${encodeURIComponent(other)}` }, "Open the other one")]);

  function addMenu(text, at, after = null) {
    return createMenu(text, () => kindsOf(flow.kind, words).map(({ what, text: kindText, hint }) => ({ text: kindText, hint, act: () => { const made = fresh(what, words); flow.steps.splice(at, 0, made); open = made; draw(); touched(); focusOn(made, ".s-form :is(select, input)"); } })),
      { kind: after ? "s-act" : "", name: after ? `Add below: ${after}` : null });
  }

  function move(index, by) {
    const [step] = flow.steps.splice(index, 1);
    flow.steps.splice(index + by, 0, step);
    draw();
    touched();
    focusOn(step, `.s-act[title="Move ${by < 0 ? "up" : "down"}"]:not(:disabled)`, '.s-act[title^="Move"]:not(:disabled)');
    tell(`Now step ${index + by + 1} of ${flow.steps.length}.`);
  }

  function drop(index) {
    const [gone] = flow.steps.splice(index, 1);
    draw();
    touched();
    const back = h("button", { type: "button", on: { click: () => { flow.steps.splice(index, 0, gone); fill(notice); draw(); touched(); focusOn(gone, ".s-act:not(:disabled)"); } } }, "Put it back");
    fill(notice, h("p", { class: "s-kept" }, `Deleted: ${nameOf(gone, words)}. `, back));
    back.focus();
  }

  /** Put the focus on the first of these places in a step that there is. */
  function focusOn(step, ...places) {
    const row = chat.children[flow.steps.indexOf(step)];
    places.map((place) => row?.querySelector(place)).find(Boolean)?.focus();
  }

  function touched() {
    const waiting = unsaved();
    if (waiting) kept.keep(drawer, { base: { mark: base.mark }, draft: flow });
    else kept.drop(drawer);
    undo.hidden = !waiting;
    tellState(waiting ? "Not saved yet." : id ? "All is saved." : "Nothing is saved yet.");
  }

  function tellState(text, how = null) {
    say(state, text);
    if (how) state.dataset.how = how;
    else delete state.dataset.how;
  }

  function keys(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && flow) { event.preventDefault(); save(); }
  }

  async function save() {
    if (saver.getAttribute("aria-disabled") === "true") return;
    if (!flow.name.trim()) { tellState("Give it a name first.", "wrong"); name.focus(); return; }
    saver.setAttribute("aria-disabled", "true");
    try {
      const told = id ? await call("PUT", address(), { ...written(), mark: base.mark }) : await call("POST", "stories", written());
      kept.drop(drawer);
      filesChanged();
      if (told.id !== id) { clean = JSON.stringify(written()); tell("Saved."); go("stories", told.id); return; }
      fill(notice);
      const at = flow.steps.indexOf(open);
      begin(told, null);
      if (at >= 0) { open = flow.steps[at] ?? null; draw(); }
      tellState(told.wrong.some(({ kind: how }) => how === "fault") ? "Saved. Something has to be mended before you can publish; see the marked steps." : "Saved. Customers notice it once you publish.", "good");
    } catch (problem) {
      if (problem.code === "written_meanwhile") await meet(problem.details.by);
      else tellState(problem.offline ? AWAY : problem.message, "wrong");
    } finally {
      saver.removeAttribute("aria-disabled");
    }
  }

  /** Somebody else was faster: show theirs beside what is here. */
  async function meet(by) {
    const theirs = await call("GET", address()).catch((problem) => problem);
    if (theirs instanceof Error) tellState(theirs.offline ? AWAY : `${theirs.message} What you did is still here; give it another name to save it.`, "wrong");
    else differs(theirs, by);
  }

  function differs(theirs, by) {
    const sides = createSides({ mine: flow, theirs, by: by ?? "Somebody with an editor", words,
      keep: () => { fill(notice); base = theirs; clean = JSON.stringify({}); draw(); touched(); tellState("Yours is here. Look it over, then save."); title.focus(); },
      take: () => { fill(notice); kept.drop(drawer); begin(theirs, null); title.focus(); } });
    fill(notice, sides);
    tellState("Not saved: see above.", "wrong");
    sides.focus();
  }

  function opened(told) {
    kept.drop(drawer);
    clean = JSON.stringify(written());
    filesChanged();
    go("stories", told.id);
  }

  function deleted() {
    kept.drop(drawer);
    clean = JSON.stringify(written());
    filesChanged();
    tell("Deleted.");
    go("stories");
  }

  load();
  return { node, focus: () => title.focus(), close: leave.close };
}
