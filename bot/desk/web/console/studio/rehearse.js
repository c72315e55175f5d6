/** Rehearsals: the owner's scenes, and how they go with the draft and with what is live. */

import { fill, h, say } from "../dom.js";
import { createResults } from "./rehearseresults.js";
import { createScene } from "./rehearsescene.js";

/** Make the part: the list, or one scene (`new`, `from/<conversation>`, or `<file>/<mark>`). */
export function createPart(studio) {
  const [first, second] = studio.rest;
  if (first === "new") return createScene(studio, {});
  if (first === "from" && second) return createScene(studio, { conversation: second });
  if (first === "scene" && second) return createScene(studio, { mark: second });
  return createList(studio);
}

function createList({ call, go, tell, changed }) {
  const results = createResults({ call, tell, found: draw });
  const summary = h("p", { class: "quiet", role: "status" }, "Loading…");
  const wrong = h("div", {});
  const list = h("ul", { class: "rh-list" });
  const node = h("div", { class: "rh" },
    h("div", { class: "studio-head" }, h("h2", {}, "Rehearse"),
      h("div", { class: "studio-acts" }, h("a", { class: "button rh-new", href: "#/studio/rehearse/new" }, "New scene"))),
    h("p", {}, "A scene is what a visitor says, and what would be right: which answer, or a person, and when. They are played with private copies; nobody is called."),
    results.node,
    h("h3", { id: "rh-scenes" }, "Scenes"), summary, wrong, list);
  let known = null;
  let closed = false;

  async function load() {
    try {
      known = await call("GET", "rehearsals");
      draw();
    } catch (problem) {
      say(summary, problem.offline ? "The desk cannot be reached just now. Nothing is lost." : problem.message);
      fill(wrong, h("button", { type: "button", on: { click: load } }, "Try again"));
    }
  }

  function draw() {
    if (!known || closed) return;
    const { scenes, problems } = known;
    const titles = new Map(known.questions.map(({ intent, title }) => [intent, title]));
    say(summary, scenes.length ? `${scenes.length} scenes, ${new Set(scenes.map(({ kind }) => kind)).size} kinds.` : "");
    fill(wrong, problems.length > 0 && h("ul", { class: "studio-wrong" }, problems.map(({ file, line, problem, mend }) => h("li", {}, `${file}:${line}: ${problem}. ${mend}.`))));
    if (!scenes.length) { fill(list, h("li", { class: "studio-empty" }, "No scenes yet. Write one, or open a conversation in the console and make a scene of it.")); return; }
    const kinds = [...new Set(scenes.map(({ kind }) => kind))];
    fill(list, kinds.map((kind) => h("li", {}, h("h4", {}, kind), h("ul", { class: "rh-scenes" }, scenes.filter((scene) => scene.kind === kind).map((scene) => row(scene, titles))))));
  }

  function row(scene, titles) {
    const went = results.of(scene);
    return h("li", { class: "studio-card rh-scene" },
      h("a", { href: `#/studio/rehearse/scene/${scene.mark}` }, scene.visitor.at(-1)),
      scene.visitor.length > 1 && h("p", { class: "quiet" }, `after “${scene.visitor.slice(0, -1).join("” – “")}”`),
      h("p", {}, wanted(scene, titles)),
      went && h("p", { class: went.verdict === "right" ? "studio-good" : "studio-wrong" }, went.words),
      h("div", { class: "studio-acts" }, h("button", { type: "button", "aria-label": `Delete the scene “${scene.visitor.at(-1)}”`, on: { click: () => remove(scene) } }, "Delete")));
  }

  async function remove({ file, mark, visitor }) {
    try {
      await call("POST", "rehearsals/delete", { file, mark });
      tell(`Deleted: “${visitor.at(-1)}”.`);
      changed();
    } catch (problem) {
      tell(problem.message);
    }
    load();
  }

  load();
  return { node, close: () => { closed = true; results.close(); } };
}

/** Say what would be right in a scene. */
export function wanted({ handoff, answers, visitor }, titles) {
  const { expect, turn, tolerance } = handoff;
  const at = visitor.length > 1 ? ` at message ${turn}${tolerance ? `, ${tolerance} more or less` : ""}` : "";
  const person = { yes: `A person takes over${at}`, offer: `A person is offered${at}`, no: "Nobody takes over" }[expect];
  const due = answers.map((intent, index) => intent && `${visitor.length > 1 ? `message ${index + 1} is` : "it is"} answered by “${titles.get(intent) ?? intent}”`).filter(Boolean);
  return `${[person, ...due].join("; ")}.`;
}
