/** Publish: what is not published, in words and lines; the note; the versions, and the way back. */

import { fill, h } from "../dom.js";
import { acting, showDialog } from "../dialog.js";
import { ago, date } from "../time.js";
import { changeList, counted } from "./publishchanges.js";
import { createJob } from "./publishjob.js";
import { createResults } from "./rehearseresults.js";
import { createVersions } from "./publishversions.js";

const KEPT = "kindhand-publish-note";
const LONGEST = 500;

/** Make the part, as `main.js` tells. */
export function createPart({ call, tell, changed }) {
  const place = h("div", {});
  const title = h("h3", { id: "pub-draft" }, "What is not published");
  const head = h("p", { class: "pub-standing", role: "status" }, "Comparing your files with what is live…");
  const list = h("div", {});
  const wrong = h("p", { class: "studio-wrong", role: "alert" });
  const note = h("textarea", { id: "pub-note", rows: "2", maxlength: LONGEST, "aria-describedby": "pub-note-hint", on: { input: () => sessionStorage.setItem(KEPT, note.value) } });
  const scenes = h("input", { type: "checkbox", id: "pub-scenes", checked: true, "aria-describedby": "pub-scenes-hint" });
  const publishing = h("button", { type: "submit", class: "primary" }, "Publish");
  const giving = h("button", { type: "button", on: { click: giveUp } }, "Give up all changes");
  const form = h("form", { class: "pub-form", hidden: true, on: { submit: publish } },
    h("div", { class: "field" }, h("label", { for: "pub-note" }, "What is it about?"), note, h("p", { class: "hint", id: "pub-note-hint" }, "Stands in the list of versions. You can leave it empty.")),
    h("div", { class: "pub-scenes" }, scenes, h("label", { for: "pub-scenes" }, "Rehearse first"),
      h("p", { class: "hint", id: "pub-scenes-hint" }, "If one of your scenes goes worse than with what is live, nothing is published. It takes a minute or two, unless they were played with just these changes.")),
    h("div", { class: "studio-acts" }, publishing, giving));
  const draft = h("section", { class: "studio-card pub-draft", "aria-labelledby": "pub-draft" }, title, head, list, wrong, form);
  const job = createJob({ call, ended });
  const past = createVersions({ call, back, bring });
  const results = h("div", { class: "pub-results" });
  const node = h("div", { class: "pub" }, h("h2", {}, "Publish"), job.node, draft, results, past.node, place);
  let found = null;
  let told = null;
  let busy = false;

  note.value = sessionStorage.getItem(KEPT) ?? "";

  async function load() {
    try {
      show(await call("GET", "publish", undefined, 60_000));
    } catch (problem) {
      if (told) { wrong.textContent = problem.message; return; }
      form.hidden = true;
      head.textContent = "";
      fill(list, h("div", { class: "studio-empty" }, h("p", { role: "alert" }, problem.offline ? "The desk cannot be reached just now. Nothing is lost." : problem.message), h("button", { type: "button", on: { click: load } }, "Try again")));
    }
  }

  function show(overview) {
    told = overview;
    busy = told.job?.state === "running";
    draw();
    job.draw(told.job);
  }

  function draw() {
    const { live, count, problems, pending, lost } = told;
    const ready = (count > 0 || pending) && !problems.length;
    const by = live && `version ${live.number}, by ${live.author}, ${said(live.at)}`;
    head.textContent = lost || (!live ? "Nothing was published yet. The next start of Kindhand publishes your files as they are."
      : pending ? `Version ${live.number} was published, but something cut it short before customers got it. Publish once more.`
        : count ? `Customers get ${by}. ${counted(count)} since then ${count === 1 ? "is" : "are"} in your files only.`
          : `Customers get what is in your files: ${by}.`);
    fill(list, count > 0 && changeList(told.changes));
    wrong.textContent = problems.length && count ? `${problems.length} to mend first: it stands on top of this page.` : "";
    form.hidden = !live || !(count || pending);
    publishing.disabled = busy || !ready;
    giving.disabled = busy;
    giving.hidden = !count;
    const clean = Boolean(live) && !count && !pending;
    if (count && !found) fill(results, (found = createResults({ call, tell, found: () => {} })).node);
    if (!count && found) { found.close(); found = null; fill(results); }
    draft.classList.toggle("is-clean", clean);
    title.textContent = clean ? "Everything is published" : "Not published yet";
    past.draw(told, busy);
  }

  async function publish(event) {
    event.preventDefault();
    await begin("publish", { note: note.value, mark: told.mark, rehearsed: scenes.checked });
  }

  function back(version) {
    const start = () => begin("publish/back", { id: version.id });
    if (!told.count) { start(); return; }
    showDialog(place, acting(`Go back to version ${version.number}?`, h("p", {}, `${counted(told.count)} in your files ${told.count === 1 ? "was" : "were"} not published. ${told.count === 1 ? "It is" : "They are"} put aside first, and can be brought back below.`), `Go back to version ${version.number}`, start));
  }

  async function begin(path, body) {
    busy = true;
    draw();
    try {
      job.draw((await call("POST", path, body)).job);
      job.node.scrollIntoView({ block: "nearest" });
      return "";
    } catch (problem) {
      busy = false;
      await load();
      wrong.textContent = problem.message;
      return problem.message;
    }
  }

  function ended({ state, about }) {
    if (state === "done" && about.what === "publish") { note.value = ""; sessionStorage.removeItem(KEPT); }
    tell(node.querySelector("#pub-job").textContent);
    load();
    changed();
  }

  function giveUp() {
    showDialog(place, acting("Give up all changes?", h("p", {}, `Your files become what is live. ${counted(told.count)} ${told.count === 1 ? "is" : "are"} put aside, and can be brought back below.`), "Give them up",
      () => act("publish/discard", {}, "Your files are what is live.")));
  }

  async function bring(kept) {
    wrong.textContent = (await act("publish/bring-back", { id: kept.id }, "Brought back into your files.")) ?? "";
  }

  async function act(path, body, words) {
    try {
      show(await call("POST", path, body, 60_000));
      tell(words);
      changed();
      return "";
    } catch (problem) {
      return problem.message;
    }
  }

  load();
  return { node, close: () => { job.close(); found?.close(); } };
}

const said = (at) => (Date.now() - new Date(at) < 86_400_000 ? ago(at) : date(at));
