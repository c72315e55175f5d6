/** One question: how customers ask it, what Kindhand answers, and how that looks in the chat. */

import { fill, h, say } from "../dom.js";
import { createSavebar } from "./questionbar.js";
import { createConflict } from "./questionconflict.js";
import { confirmDelete } from "./questiondelete.js";
import { createExamples } from "./questionexamples.js";
import { filled } from "./questionfacts.js";
import { createKept } from "./questionkept.js";
import { createLeave } from "./questionleave.js";
import { createNear } from "./questionnear.js";
import { createSeen } from "./questionseen.js";
import { createSuggestions } from "./questionsuggestions.js";
import { createWordings } from "./questionwordings.js";

const NOTHING = { mark: null, examples: [], wordings: [] };
const AWAY = "The desk cannot be reached just now. What you typed is kept in this tab; save again when it is back.";

/** Make the page of the question `intent`, or without one of a new question that may begin with an `example`. */
export function createEditor({ call, go, tell, agent, changed: filesChanged }, { intent = null, example = "" }) {
  const kept = createKept(agent);
  const path = () => `questions/${encodeURIComponent(intent)}`;
  let look = { chat: null, facts: [], slots: [] };
  let base = NOTHING;
  let clean = "";
  let all = null;
  let ready = false;
  let seen = { tone: "plain", number: 0 };

  const near = createNear({ call, tell }, intent);
  const examples = createExamples({ near, tell, changed: touched });
  const wordings = createWordings({ look: () => look, questions, tell, changed: touched, seen: (tone, number) => { seen = { tone, number }; drawSeen(); } });
  const suggestions = createSuggestions({ call, tell, put: examples.put });
  const preview = createSeen({ pick: (tone, number) => { seen = { tone, number }; drawSeen(); }, drawn: () => drawSeen() });
  const bar = createSavebar({ save, forget: startOver, preview: preview.open });
  const leave = createLeave({ place: preview.dialogs, unsaved, forget: () => kept.drop(intent) });

  const title = h("h2", { tabindex: "-1", dir: "auto" }, intent ? "" : "New question");
  const about = h("p", { class: "hint" });
  const notice = h("div", { class: "q-notice" });
  const problems = h("div", {});
  const ending = h("div", { class: "q-ending" });
  const form = h("div", { class: "q-form", hidden: true }, problems, examples.node, suggestions.node, wordings.node, ending, bar.node);
  const node = h("div", { class: "q-editor" },
    h("div", { class: "q-main" }, h("p", {}, h("a", { class: "q-back", href: "#/studio/questions" }, "All questions")), title, about, notice, form),
    preview.node, preview.dialogs);

  preview.node.hidden = true;
  const read = () => ({ examples: examples.read(), wordings: wordings.read() });

  function unsaved() {
    return ready && (JSON.stringify(read()) !== clean || Boolean(examples.waiting()));
  }

  async function load() {
    fill(notice, intent && h("p", { class: "quiet q-loading" }, "Loading…"));
    try {
      const told = intent ? await call("GET", path()) : NOTHING;
      fill(notice);
      const held = kept.read(intent);
      form.hidden = preview.node.hidden = false;
      const brought = intent ? [] : [...new Set([example, ...kept.brought()])].filter(Boolean);
      if (!held || brought.length) begin(told, told);
      else if (held.base.mark === told.mark) { begin(told, held.draft); toldKept(); } else { begin(held.base, held.draft); differs(told); }
      if (brought.length) examples.put(brought);
      if (brought.length && held && held.draft.examples[0] !== brought[0]) toldOther(held.draft);
      if (intent) suggestions.load(intent);
    } catch (problem) {
      fill(notice, h("div", { class: "studio-card" }, h("p", { role: "alert" }, problem.offline ? "The desk cannot be reached just now. Nothing is lost." : problem.message),
        h("div", { class: "studio-acts" }, h("button", { type: "button", on: { click: load } }, "Try again"), h("a", { class: "button", href: "#/studio/questions" }, "All questions"))));
    }
  }

  async function dress() {
    try {
      look = await call("GET", "preview");
      wordings.tellFacts();
      drawSeen();
    } catch (problem) {
      preview.trouble(problem.offline ? "The preview comes when the desk can be reached again." : problem.message);
    }
  }

  /** Have `told` as what is saved, and `shown` on the screen. */
  function begin(told, shown) {
    base = told;
    ready = false;
    examples.show(told.examples);
    wordings.show(told.wordings);
    clean = JSON.stringify(read());
    if (shown !== told) { examples.show(shown.examples); wordings.show(shown.wordings); }
    ready = true;
    drawAbout();
    drawProblems(told.problems ?? []);
    touched();
    if (examples.read().length) examples.lookTitle(false);
  }

  function touched() {
    if (!ready) return;
    const open = unsaved();
    if (open) kept.keep(intent, { base, draft: read() });
    else kept.drop(intent);
    bar.draw(open, intent);
    if (intent) say(title, examples.title.value.trim() || intent);
    drawSeen();
  }

  function drawAbout() {
    const { hand, file, extra } = base;
    fill(about, file && h("span", {}, "In the file ", h("code", {}, file)), hand && ` · last saved here by ${hand.author}`, extra && " · has parts that are only seen in the file; they stay as they are");
    fill(ending, intent && h("button", { type: "button", class: "q-quiet", on: { click: () => confirmDelete({ call, place: preview.dialogs, path: path(), mark: base.mark, title: title.textContent, done: deleted }) } }, "Delete this question…"));
  }

  function drawProblems(found) {
    const ours = found.filter(({ file }) => file === base.file);
    fill(problems, ours.length > 0 && h("div", { class: "studio-card q-mend" }, h("h3", {}, "To mend before you publish"),
      h("ul", {}, ours.map(({ problem, mend, line }) => h("li", {}, h("strong", {}, `${problem}.`), ` ${mend}.`, line > 0 && h("span", { class: "hint" }, ` Line ${line} of the file.`))))));
  }

  function drawSeen() {
    if (!ready || !look.chat) return;
    const typed = wordings.read();
    const own = typed.filter(({ tone }) => tone === seen.tone);
    const said = own.length ? own : typed.filter(({ tone }) => tone === "plain");
    const number = own.length ? Math.min(seen.number, own.length - 1) : 0;
    const { text = "", buttons = [] } = said[number] ?? {};
    preview.show({ chat: look.chat, tone: seen.tone, number, of: own.length, instead: !own.length, question: examples.title.value.trim(), answer: { text: filled(text, look.facts), buttons } });
  }

  async function save() {
    examples.addTyped();
    const typed = read();
    if (!typed.examples.length) { bar.say("Write how customers ask it first.", "wrong"); examples.focus(); return; }
    bar.busy(true);
    try {
      const told = intent ? await call("PUT", path(), { mark: base.mark, ...typed }) : await call("POST", "questions", { title: typed.examples[0], ...typed });
      await saved(told);
    } catch (problem) {
      if (problem.code === "written_meanwhile") await meet(problem.details.by);
      else if (intent && problem.status === 404) gone(problem.message);
      else bar.say(problem.offline ? AWAY : problem.message, "wrong");
    } finally {
      bar.busy(false);
    }
  }

  async function saved(told) {
    kept.drop(intent);
    const fresh = intent === null;
    if (fresh) clean = JSON.stringify(read());
    filesChanged();
    tell("Saved.");
    if (fresh) { go("questions", told.intent); return; }
    const now = told.examples ? told : { ...base, ...read(), ...told };
    begin({ ...now, problems: told.problems }, now);
    fill(notice);
    bar.say("Saved. Customers hear it once you publish.", "good");
  }

  /** Somebody else was faster: get what they wrote. */
  async function meet(by) {
    const theirs = await call("GET", path()).catch((problem) => problem);
    if (!(theirs instanceof Error)) differs(theirs, by);
    else if (theirs.status === 404) gone(theirs.message);
    else bar.say(theirs.offline ? AWAY : theirs.message, "wrong");
  }

  function differs(theirs, by = theirs.hand?.author) {
    const conflict = createConflict({ base, mine: read, theirs, by: by ?? "Somebody with an editor", done: (question) => {
      fill(notice);
      begin(theirs, { ...theirs, ...question });
      bar.say("Put together. Look it over, then save.");
      title.focus();
    } });
    fill(notice, conflict.node);
    bar.say("Not saved: see above.", "wrong");
    conflict.focus();
  }

  /** It was deleted meanwhile: what is on the screen can become a question again. */
  function gone(why) {
    bar.say("Not saved: see above.", "wrong");
    fill(notice, h("div", { class: "studio-card" }, h("p", { role: "alert" }, `${why} What you typed is still here.`),
      h("div", { class: "studio-acts" }, h("button", { type: "button", class: "primary", on: { click: () => { kept.drop(intent); intent = null; base = NOTHING; save(); } } }, "Save it as a new question"))));
  }

  function toldKept() {
    fill(notice, h("p", { class: "q-kept" }, "What you typed before and did not save is still here. ", h("button", { type: "button", class: "link", on: { click: startOver } }, "Throw it away")));
  }

  function toldOther(draft) {
    const back = h("button", { type: "button", class: "link", on: { click: () => { fill(notice); begin(base, draft); title.focus(); } } }, "Go back to that one");
    fill(notice, h("p", { class: "q-kept" }, `You had begun another new question, “${draft.examples[0] ?? "without a name yet"}”. `, back));
  }

  /** Show what is saved again; what was thrown away can be brought back until the page is left. */
  function startOver() {
    const thrown = read();
    const back = h("button", { type: "button", class: "link", on: { click: () => { fill(notice); begin(base, thrown); title.focus(); } } }, "Bring them back");
    begin(base, base);
    fill(notice, h("p", { class: "q-kept" }, "Your changes are gone; this is what is saved. ", back));
    bar.say("All is saved.");
    back.focus();
  }

  function deleted() {
    kept.drop(intent);
    ready = false;
    filesChanged();
    tell("The question is deleted.");
    go("questions");
  }

  async function questions() {
    all ??= call("GET", "questions").then((told) => told.questions, () => []);
    return all;
  }

  function key(event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") { event.preventDefault(); save(); }
  }

  document.addEventListener("keydown", key);
  load();
  dress();
  return { node, focus: () => (intent ? title.focus({ preventScroll: true }) : examples.focus()), close: () => { document.removeEventListener("keydown", key); leave.close(); preview.close(); } };
}
