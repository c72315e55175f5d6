/** Many questions at once: from a table (CSV) or the text of a FAQ page; first it is shown what would happen. */

import { choices, chosenIn } from "../dialog.js";
import { fill, h, say } from "../dom.js";
import { count } from "./questionhealth.js";

const LONG = 300_000; // ms; thousands of questions take a while
const WHAT = { added: "Added", replaced: "Replaced", same: "There already", refused: "Left out" };
const LARGEST = 1_000_000;

/** Make the page. */
export function createImport({ call, tell, changed }) {
  const text = h("textarea", { id: "i-text", rows: "10", dir: "auto", spellcheck: "false", "aria-describedby": "i-text-hint", on: { input: stale } });
  const file = h("input", { type: "file", id: "i-file", accept: ".csv,.tsv,.txt,text/csv,text/plain", on: { change: readFile } });
  const hint = h("p", { class: "hint", id: "i-text-hint" });
  const kind = choices("i-kind", "Where do they come from?", [
    { value: "page", text: "A page of questions and answers", hint: "Copied from your website or a document, as text or as HTML." },
    { value: "csv", text: "A table", hint: "A CSV file from a spreadsheet, with a row for each question." },
  ], "page");
  const how = choices("i-how", "What becomes of questions that you have already?", [
    { value: "add", text: "Keep what is there", hint: "They only get what they do not have: more examples, wordings for moods that had none." },
    { value: "replace", text: "Replace it", hint: "They get these answers, and the examples if there are any. Buttons stay." },
  ], "add");
  const textLabel = h("label", { for: "i-text" });
  const fileField = h("div", { class: "q-field", hidden: true }, h("label", { for: "i-file" }, "The file"), file);
  const look = h("button", { type: "submit", class: "primary" }, "Look first");
  const state = h("p", { role: "status", class: "i-state" });
  const result = h("div", { class: "i-result" });
  const form = h("form", { class: "studio-card", on: { submit: (event) => { event.preventDefault(); run(true); } } },
    kind, fileField, h("div", { class: "q-field" }, textLabel, text, hint), how, h("div", { class: "studio-acts" }, look));
  const node = h("div", { class: "q-all" },
    h("p", {}, h("a", { class: "q-back", href: "#/studio/questions" }, "All questions")),
    h("h2", { tabindex: "-1" }, "Import questions"),
    h("p", {}, "You see what would happen before anything is written. Nothing reaches customers before you publish."), form, state, result);

  kind.addEventListener("change", () => { drawKind(); stale(); });
  how.addEventListener("change", stale);

  function drawKind() {
    const csv = chosenIn(kind) === "csv";
    fileField.hidden = !csv;
    say(textLabel, csv ? "Or paste the rows" : "The text of the page");
    say(hint, csv ? "The first row names the columns: question, answer, and if you like examples, warm, careful. Best take an export as a pattern." : "A heading, “Q:”, or a line that ends in a question mark begins a question; what follows is its answer.");
  }

  async function readFile() {
    const [one] = file.files;
    if (!one) return;
    if (one.size > LARGEST) { say(state, "That file is larger than 1 MB. Divide it, and import one part after the other."); return; }
    text.value = decoded(await one.arrayBuffer());
    stale();
    say(state, `${one.name} is read. Now look at what it would do.`);
  }

  /** What was looked at no longer holds. */
  function stale() {
    fill(result);
    say(state, "");
  }

  async function run(dry) {
    if (!text.value.trim()) { say(state, "There is nothing to import yet."); text.focus(); return; }
    busy(true, dry ? "Reading…" : "Importing…");
    try {
      const { rows } = await call("POST", "questions/import", { kind: chosenIn(kind), text: text.value, how: chosenIn(how), dry }, LONG);
      say(state, "");
      draw(rows, dry);
      if (!dry) { changed(); text.value = file.value = ""; }
      result.querySelector("h3").focus();
    } catch (problem) {
      say(state, problem.offline ? "The desk cannot be reached just now. Your text is still here; try again in a moment." : problem.message);
    }
    busy(false);
  }

  function busy(on, words = "") {
    for (const button of node.querySelectorAll("button")) button.disabled = on;
    if (on) { fill(state, words, h("progress", { "aria-label": words })); }
  }

  function draw(rows, dry) {
    const number = (what) => rows.filter((row) => row.what === what).length;
    const todo = number("added") + number("replaced");
    const sums = [[number("added"), dry ? "to be added" : "added"], [number("replaced"), dry ? "to be replaced" : "replaced"], [number("same"), "there already"], [number("refused"), "left out"]];
    const heading = dry ? (todo ? "This would happen" : "Nothing would change") : `${count(todo, "question")} imported`;
    fill(result, h("h3", { tabindex: "-1" }, heading),
      h("p", {}, rows.length ? `${sums.filter(([many]) => many).map(([many, words]) => `${many.toLocaleString("en")} ${words}`).join(", ")}.` : "No question was found in this text."),
      dry && todo > 0 && h("div", { class: "studio-acts" }, h("button", { type: "button", class: "primary", on: { click: () => run(false) } }, `Import ${count(todo, "question")}`)),
      !dry && h("p", {}, h("a", { href: "#/studio/questions" }, "See them in the list")),
      rows.length > 0 && table(rows, dry));
    tell(heading);
  }

  drawKind();
  return { node, focus: () => node.querySelector("h2").focus({ preventScroll: true }) };
}

function table(rows, dry) {
  return h("div", { class: "i-scroll", tabindex: "0", role: "region", "aria-label": "Row by row" }, h("table", {},
    h("thead", {}, h("tr", {}, ["Line", "Question and answer", dry ? "What would happen" : "What happened"].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, rows.map((row) => line(row, dry)))));
}

function line({ line: number, question, answer, what, why, intent, examples }, dry) {
  const link = !dry && intent && what !== "refused";
  const title = link ? h("a", { href: `#/studio/questions/${encodeURIComponent(intent)}` }, question) : h("strong", {}, question);
  const others = (examples?.length ?? 0) - 1;
  return h("tr", { "data-what": what },
    h("td", { class: "i-line" }, number ?? ""),
    h("td", {}, h("p", { dir: "auto" }, title), answer && h("p", { class: "i-answer", dir: "auto" }, answer), others > 0 && h("p", { class: "hint" }, `${count(others, "more way")} to ask it`)),
    h("td", {}, h("p", { class: "i-what" }, WHAT[what] ?? what), why && h("p", { class: "hint" }, why)));
}

// Spreadsheets write UTF-8, UTF-16 with its mark, or what Windows used before.
function decoded(bytes) {
  const [one, two] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (one === 0xff && two === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (one === 0xfe && two === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
