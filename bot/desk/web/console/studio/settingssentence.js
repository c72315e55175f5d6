/** One sentence in one language: its text, its wording for upset people, the words that fill it, how it reads. */

import { fill, h, say } from "../dom.js";

// What was typed and not saved stays while the page is open.
const drafts = new Map();

/** Make the row; `told()` gives what the desk has now, `save` sends one sentence and gives all anew. */
export function sentenceRow(sentence, { code, own, told, save }) {
  const id = `said-${code}-${sentence.key.replaceAll(".", "-")}`;
  const draft = drafts.get(id);
  let known = sentence.texts[code];
  let mark = draft?.mark ?? known.mark;
  const text = area(`${id}-text`, draft?.text ?? known.text);
  const upset = sentence.felt && area(`${id}-upset`, draft?.upset ?? known.upset);
  const button = h("button", { type: "button", class: "primary", on: { click: () => send() } }, "Save");
  const undo = h("button", { type: "button", on: { click: revert } }, "Undo");
  const acts = h("div", { class: "studio-acts" }, button, undo);
  const status = h("p", { class: "settings-unsaved", role: "status" });
  const wrong = h("div", {});
  const read = [text, upset].filter(Boolean).map((field) => ({ field, node: h("p", { class: "tone-bubble", dir: "auto" }) }));
  const reference = code !== own.code && sentence.texts[own.code]?.text;
  let last = text;

  const node = h("div", { class: "sentence", id }, h("h4", {}, sentence.when),
    reference && h("p", { class: "quiet", dir: "auto" }, `${own.name}: ${reference}`),
    field(text, sentence.felt ? "To everybody" : "Text", read[0].node),
    upset && field(upset, "To somebody upset (empty: the same)", read[1].node),
    words(), wrong, status, acts);

  function area(name, value) {
    const made = h("textarea", { id: name, rows: "2", lang: code, dir: "auto", maxlength: "2000", on: { input: changed, focus: () => { last = made; } } });
    made.value = value;
    return made;
  }

  function field(made, label, preview) {
    return h("div", { class: "field" }, h("label", { for: made.id }, label), made, preview);
  }

  function words() {
    if (!sentence.placeholders.length) return null;
    return h("details", { class: "sentence-words" }, h("summary", {}, "Words that fill themselves in"), h("ul", {}, sentence.placeholders.map((word) =>
      h("li", {}, h("button", { type: "button", class: "place-button", on: { click: () => insert(`{${word}}`) } }, `{${word}}`), h("span", {}, `${told().placeholders[word]}: ${told().examples[code]?.[word] ?? ""}`)))));
  }

  function insert(word) {
    last.setRangeText(word, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    changed();
  }

  function filled(value) {
    const examples = told().examples[code] ?? {};
    return value.split(/({[^{}\n]+})/).map((piece) => {
      const word = /^{(.+)}$/.exec(piece)?.[1];
      if (!word) return piece;
      const fits = sentence.placeholders.includes(word);
      return h("mark", { class: "place", "data-unknown": !fits }, fits ? examples[word] ?? piece : piece);
    });
  }

  function changed() {
    const dirty = text.value !== known.text || Boolean(upset) && upset.value !== known.upset;
    acts.hidden = !dirty;
    if (dirty) drafts.set(id, { text: text.value, upset: upset ? upset.value : "", mark }); else drafts.delete(id);
    say(status, dirty ? "Not saved yet." : "");
    for (const { field: made, node: preview } of read) { preview.hidden = !made.value.includes("{"); fill(preview, filled(made.value)); }
    for (const made of [text, upset].filter(Boolean)) { made.style.height = "auto"; if (made.scrollHeight) made.style.height = `${made.scrollHeight + 2}px`; }
  }

  async function send() {
    button.disabled = true;
    say(status, "Saving…");
    try {
      const all = await save({ language: code, key: sentence.key, text: text.value, upset: upset ? upset.value : "", mark });
      taken(find(all));
      say(status, "Saved. It is live once you publish it.");
      text.focus();
    } catch (problem) {
      say(status, problem.message);
      if (problem.code === "written_meanwhile") meet(problem);
    }
    button.disabled = false;
  }

  const find = (all) => all.groups.flatMap(({ sentences }) => sentences).find(({ key }) => key === sentence.key)?.texts[code] ?? { text: "", upset: "", mark: "" };

  function taken(theirs) {
    drafts.delete(id);
    known = theirs;
    ({ mark } = known);
    text.value = known.text;
    if (upset) upset.value = known.upset;
    changed();
    problems();
  }

  function problems() {
    const found = told().problems.filter((one) => one.language === code && one.field === sentence.key);
    fill(wrong, found.map(({ problem, mend }) => h("p", { class: "studio-wrong" }, `${problem}. ${mend}.`)));
  }

  async function meet({ details }) {
    const theirs = find(await details.reload());
    fill(wrong, h("div", { class: "settings-conflict", role: "alert" }, h("p", { class: "studio-wrong" }, `${details.by ?? "Somebody, in an editor,"} saved this sentence while you were at it. Theirs:`),
      h("p", { class: "tone-bubble", dir: "auto" }, theirs.text), theirs.upset && h("p", { class: "tone-bubble", dir: "auto" }, theirs.upset),
      h("div", { class: "studio-acts" }, h("button", { type: "button", on: { click: () => taken(theirs) } }, "Take theirs"),
        h("button", { type: "button", class: "primary", on: { click: () => { ({ mark } = theirs); fill(wrong); send(); } } }, "Save mine over it"))));
  }

  function revert() {
    taken(known);
    text.focus();
  }

  requestAnimationFrame(changed);
  problems();
  return node;
}
