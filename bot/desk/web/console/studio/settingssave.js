/** A form that is saved as a whole: what is not saved yet, what is wrong, and when somebody else was faster. */

import { fill, h, say } from "../dom.js";
import { createKept } from "./questionkept.js";

/** Keep a form's values.
 *
 * `read()` gives what the desk has (`{ mark, values, problems }`), `write(body)` saves it. `draw(values, told)` shows
 * them anew; `compare(values)` gives `[[what, words]]` to be held against somebody else's. Give `change(values)` each
 * new state of the form.
 */
export function createSaving({ name, told, write, read, draw, compare, studio }) {
  const words = h("p", { class: "settings-unsaved", role: "status" });
  const save = h("button", { type: "button", class: "primary", on: { click: () => send() } }, "Save");
  const undo = h("button", { type: "button", on: { click: revert } }, "Undo changes");
  const problems = h("div", {});
  const conflict = h("div", {});
  const bar = h("div", { class: "settings-bar" }, words, h("div", { class: "studio-acts" }, undo, save));
  const node = h("div", { class: "settings-saving" }, conflict, problems, bar);
  // What was typed and not saved stays in this tab, also when it is loaded anew.
  const drafts = createKept({ id: `${studio.agent.id}/settings` });
  const kept = drafts.read(name);
  let known = told;
  let more = "";
  let mark = kept?.mark ?? told.mark;
  let base = kept?.base ?? told.values; // what the changes were made to
  let values = kept?.values ?? told.values;

  function change(next) {
    values = next;
    if (same(values, known.values)) drafts.drop(name); else drafts.keep(name, { values, mark, base });
    show();
  }

  /** Say beside "not saved yet" what it comes to. */
  function add(text) {
    more = text;
    show();
  }

  function show(text = null) {
    const changed = !same(values, known.values);
    bar.toggleAttribute("data-changed", changed);
    save.disabled = undo.disabled = !changed;
    say(words, text ?? (changed ? `Not saved yet.${more ? ` ${more}.` : ""}` : lastHand(known.hand)));
  }

  function named() {
    const here = known.problems.filter(({ file }) => file === known.file);
    fill(problems, here.length > 0 && h("div", { class: "studio-problems", role: "alert" }, h("p", { class: "studio-wrong" }, "Saved, and to be mended before you can publish:"),
      h("ul", {}, here.map(({ line, problem, mend }) => h("li", {}, `${problem}. ${mend}. `, h("code", {}, `${known.file}:${line}`))))));
  }

  async function send() {
    save.disabled = true;
    say(words, "Saving…");
    try {
      known = await write({ ...values, mark });
      taken();
      studio.tell("Saved. It is live once you publish it.");
      show("Saved. It is live once you publish it.");
      studio.changed();
    } catch (problem) {
      if (problem.code === "written_meanwhile") await meet(problem.details.by);
      else show(problem.message);
    }
  }

  function taken() {
    drafts.drop(name);
    ({ mark, values } = known);
    base = values;
    fill(conflict);
    draw(values, known);
    named();
  }

  async function meet(by) {
    const theirs = await read().catch((problem) => { show(problem.message); });
    if (!theirs) return;
    const merged = merge(base, values, theirs.values);
    const mine = new Map(compare(merged));
    const rows = compare(theirs.values).filter(([what, text]) => mine.get(what) !== text);
    fill(conflict, h("div", { class: "studio-card settings-conflict", role: "alert" },
      h("p", { class: "studio-wrong" }, `${by ?? "Somebody, in an editor,"} saved this while you were at it. Nothing of yours is lost.`),
      h("table", {}, h("thead", {}, h("tr", {}, ["", "Theirs", "Yours"].map((text) => h("th", { scope: "col" }, text || h("span", { class: "unseen" }, "What"))))),
        h("tbody", {}, rows.map(([what, text]) => h("tr", {}, h("th", { scope: "row" }, what), h("td", {}, text), h("td", {}, mine.get(what)))))),
      h("p", { class: "hint" }, "What only they have changed stays as they have it."),
      h("div", { class: "studio-acts" },
        h("button", { type: "button", on: { click: () => { known = theirs; taken(); show("You have theirs now."); } } }, "Take theirs"),
        h("button", { type: "button", class: "primary", on: { click: () => { known = theirs; ({ mark } = theirs); values = merged; fill(conflict); send(); } } }, "Keep what I changed"))));
    show("Not saved: somebody else was faster. Choose above.");
    conflict.querySelector("button").focus();
  }

  function revert() {
    drafts.drop(name);
    ({ mark, values } = known);
    base = values;
    fill(conflict);
    draw(values, known);
    show("Your changes are undone.");
  }

  named();
  show(kept ? "Not saved yet: this is what you had changed before." : null);
  return { node, change, add, get values() { return values; }, get saved() { return known; } };
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Put what was changed from `before` to `mine` onto `theirs`, item by item; a list counts as one item. */
function merge(before, mine, theirs) {
  if (same(before, mine)) return theirs;
  if (Array.isArray(mine)) return mine.map((entry) => (entry?.index === undefined ? entry : { ...entry, index: null })); // where they stood holds no longer
  if (mine === null || typeof mine !== "object") return mine;
  return Object.fromEntries(Object.keys(mine).map((key) => [key, merge(before[key], mine[key], theirs[key])]));
}

const lastHand = (hand) => (hand ? `As ${hand.author} saved it.` : "As it stands in the file.");

/** Say under a field what is wrong with it; `field` is its name in the problems. */
export function problemAt(problems, file, field) {
  const found = problems.filter((one) => one.file === file && one.field === field);
  return found.length > 0 && h("p", { class: "studio-wrong" }, found.map(({ problem, mend }) => `${problem}. ${mend}.`).join(" "));
}
