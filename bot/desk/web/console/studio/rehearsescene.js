/** One scene as a form: what the visitor says, which answers are due, and whether a person should come. */

import { fill, h, say } from "../dom.js";
import { field } from "../fields.js";

const EXPECT = [["no", "Nobody needs to take over"], ["offer", "A person should be offered"], ["yes", "A person should take over"]];
const EMPTY = { id: "", kind: "key questions", visitor: [""], answers: [""], handoff: { expect: "no", turn: null, tolerance: 0, reasons: [] }, note: "" };

/** Make the form for a new scene, one from a conversation, or the one with that `mark`. */
export function createScene({ call, go, tell, changed }, { conversation, mark }) {
  const error = h("p", { class: "studio-wrong", role: "alert" });
  const theirs = h("div", {});
  const inside = h("div", {});
  const title = mark ? "Scene" : conversation ? "A scene from a conversation" : "New scene";
  const node = h("div", { class: "rh" }, h("p", {}, h("a", { href: "#/studio/rehearse" }, "All scenes")), h("h2", {}, title), inside);
  let known = null;
  let scene = null;
  let rows = [];
  let chosen = false; // when a person should come; until then it is the last message

  async function load() {
    try {
      known = await call("GET", "rehearsals");
      scene = mark ? known.scenes.find((one) => one.mark === mark) : conversation ? { ...EMPTY, ...await call("GET", `rehearsals/from/${encodeURIComponent(conversation)}`) } : EMPTY;
      if (!scene) throw new Error("This scene was changed or deleted meanwhile. Go back to all scenes.");
      draw();
    } catch (problem) {
      fill(inside, h("p", { class: "studio-wrong", role: "alert" }, problem.offline ? "The desk cannot be reached just now." : problem.message), h("button", { type: "button", on: { click: load } }, "Try again"));
    }
  }

  const list = h("ol", { class: "rh-lines" });
  const kind = field("rh-kind", "What sort of scene is it?", { hint: "Scenes of one sort are counted together.", maxlength: 100, list: "rh-kinds", required: true });
  const note = field("rh-note", "A note for yourself", { maxlength: 1000 });
  const expect = h("select", { id: "rh-expect", on: { change: person } }, EXPECT.map(([value, words]) => h("option", { value }, words)));
  const turn = h("select", { id: "rh-turn", on: { change: () => { chosen = true; } } });
  const tolerance = h("select", { id: "rh-tolerance" }, ["not at all", "by one message", "by two messages", "by three messages"].map((words, value) => h("option", { value }, words)));
  const reasons = h("fieldset", { class: "rh-reasons" });
  const when = h("div", { class: "rh-when" }, pick("At which message?", turn), pick("May it differ?", tolerance), reasons);

  function pick(label, select) {
    return h("div", { class: "field" }, h("label", { for: select.id }, label), select);
  }

  function draw() {
    kind.input.value = scene.kind;
    note.input.value = scene.note;
    expect.value = scene.handoff.expect;
    tolerance.value = String(Math.min(3, scene.handoff.tolerance ?? 0));
    fill(reasons, h("legend", {}, "For which reason? None need be chosen."), known.reasons.map(({ code, label }) => {
      const input = h("input", { type: "checkbox", id: `rh-${code}`, value: code });
      input.checked = scene.handoff.reasons.includes(code);
      return h("label", { for: input.id, class: "rh-reason" }, input, label);
    }));
    rows = [];
    fill(list);
    scene.visitor.forEach((text, index) => add(text, scene.answers[index], scene.heard?.[index]));
    chosen = scene.handoff.turn !== null;
    turn.value = String(scene.handoff.turn ?? scene.visitor.length);
    person();
    const kinds = [...new Set(known.scenes.map((one) => one.kind))];
    fill(inside, h("form", { class: "studio-card", on: { submit: save } },
      h("datalist", { id: "rh-kinds" }, kinds.map((value) => h("option", { value }))),
      conversation && h("p", {}, "These are the visitor's own words. Take out names and numbers, then say what would have been right."),
      h("h3", {}, "What the visitor says"), list,
      h("div", { class: "studio-acts" }, h("button", { type: "button", on: { click: () => { add("", ""); rows.at(-1).text.focus(); } } }, "Add a message")),
      h("h3", {}, "What would be right"), pick("A person", expect), when, kind.node, note.node,
      error, theirs,
      h("div", { class: "studio-acts" }, h("button", { type: "submit", class: "primary" }, "Save the scene"), h("a", { class: "button", href: "#/studio/rehearse" }, "Cancel"))));
  }

  function add(text, answer, heard) {
    const number = rows.length ? Math.max(...rows.map((row) => row.number)) + 1 : 1;
    const area = h("textarea", { id: `rh-text-${number}`, rows: 2, maxlength: 4000, required: true });
    area.value = text;
    const select = h("select", { id: `rh-answer-${number}` }, h("option", { value: "" }, "any answer will do"), known.questions.map(({ intent, title: words }) => h("option", { value: intent }, words)));
    if (answer && ![...select.options].some(({ value }) => value === answer)) select.append(h("option", { value: answer }, `${answer} (there is no such question)`));
    select.value = answer ?? "";
    const label = h("label", { for: area.id });
    const row = { number, text: area, answer: select, label };
    row.node = h("li", {}, h("div", { class: "field" }, label, area),
      h("div", { class: "field" }, h("label", { for: select.id }, "Answered by"), select,
        heard && h("p", { class: "hint" }, `It was understood as “${known.questions.find(({ intent }) => intent === heard)?.title ?? heard}”.`)),
      h("button", { type: "button", on: { click: () => remove(row) } }, "Take out"));
    rows.push(row);
    list.append(row.node);
    count();
  }

  function remove(row) {
    if (rows.length === 1) { row.text.value = ""; row.text.focus(); return; }
    const at = rows.indexOf(row);
    rows.splice(at, 1);
    row.node.remove();
    count();
    rows[Math.min(at, rows.length - 1)].text.focus();
  }

  function count() {
    const now = turn.value;
    rows.forEach((row, index) => say(row.label, `Message ${index + 1}`));
    fill(turn, rows.map((_, index) => h("option", { value: index + 1 }, `message ${index + 1}`)));
    turn.value = chosen && Number(now) <= rows.length ? now : String(rows.length);
  }

  function person() { when.hidden = expect.value === "no"; }

  function written() {
    const calm = expect.value === "no";
    return {
      id: scene.id, kind: kind.input.value.trim(), note: note.input.value.trim(),
      visitor: rows.map(({ text }) => text.value.trim()), answers: rows.map(({ answer }) => answer.value),
      handoff: { expect: expect.value, turn: calm ? null : Number(turn.value), tolerance: calm ? 0 : Number(tolerance.value),
        reasons: calm ? [] : [...reasons.querySelectorAll("input:checked")].map(({ value }) => value) },
    };
  }

  async function save(event) {
    event?.preventDefault();
    error.textContent = "";
    try {
      if (mark) await call("PUT", "rehearsals", { file: scene.file, mark: scene.mark, scene: written() });
      else await call("POST", "rehearsals", written());
      tell("The scene is saved.");
      changed();
      go("rehearse");
    } catch (problem) {
      if (problem.code === "written_meanwhile") return conflict(problem);
      error.textContent = problem.details?.mend ? `${problem.details.problem}. ${problem.details.mend}.` : problem.message;
    }
  }

  /** Somebody changed it: both are kept, and the owner decides. */
  async function conflict(problem) {
    const now = (await call("GET", "rehearsals").catch(() => ({ scenes: [] }))).scenes.find(({ file, id }) => file === scene.file && id === scene.id);
    error.textContent = problem.message;
    fill(theirs, now ? [h("p", {}, "It says now:"), h("ol", {}, now.visitor.map((text) => h("li", {}, text))),
      h("div", { class: "studio-acts" },
        h("button", { type: "button", on: { click: () => { scene = { ...scene, mark: now.mark }; fill(theirs); save(); } } }, "Keep mine"),
        h("button", { type: "button", on: { click: () => go("rehearse", "scene", now.mark) } }, "Take theirs"))]
      : h("button", { type: "button", on: { click: async () => { await call("POST", "rehearsals", written()).then(() => go("rehearse"), (again) => { error.textContent = again.message; }); } } }, "Save mine as a new scene"));
  }

  load();
  return { node };
}
