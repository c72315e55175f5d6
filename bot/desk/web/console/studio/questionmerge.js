/** Two people changed one question: what differs, and what comes of it when each part is decided. */

import { TONES } from "./questiontones.js";

const ofTone = (question, tone) => question.wordings.filter((wording) => wording.tone === tone);
const without = (all, others) => all.filter((text) => !others.includes(text));
const alike = (one, other) => JSON.stringify(said(one)) === JSON.stringify(said(other));
const said = (all) => all.map(({ text, buttons }) => [text, buttons.map(({ title, payload }) => [title, payload])]);

/** List the parts that are not the same in mine and theirs, each with a first suggestion.
 *
 * Questions are `{ examples, wordings }`; `base` is what both began with. A part is `{ part, mine, theirs, best }`,
 * of the examples with `{ added, gone }` on either side, of a tone with its wordings.
 */
export function differences(base, mine, theirs) {
  const changes = ({ examples }) => ({ added: without(examples, base.examples), gone: without(base.examples, examples) });
  const parts = TONES.map(({ tone }) => [tone, ofTone(base, tone), ofTone(mine, tone), ofTone(theirs, tone)])
    .filter(([, , own, other]) => !alike(own, other))
    .map(([part, begun, own, other]) => ({ part, mine: own, theirs: other, best: alike(own, begun) ? "theirs" : "mine" }));
  const same = JSON.stringify(mine.examples) === JSON.stringify(theirs.examples);
  return same ? parts : [{ part: "examples", mine: changes(mine), theirs: changes(theirs), best: "both" }, ...parts];
}

/** Put a question together, to be saved over theirs.
 *
 * `decided` says `mine`, `theirs` or `both` of a part;
 * of one that did not differ, mine counts as it is by now.
 */
export function together(base, mine, theirs, decided) {
  const pick = (part, own, other, both) => ({ mine: own, theirs: other, both })[decided[part]] ?? own;
  const kept = mine.examples.filter((text) => theirs.examples.includes(text) || !base.examples.includes(text));
  const united = [...kept, ...without(theirs.examples, [...mine.examples, ...base.examples])];
  const wordings = TONES.flatMap(({ tone }) => {
    const [own, other] = [ofTone(mine, tone).map((one) => placed(one, base, theirs)), ofTone(theirs, tone)];
    return pick(tone, own, other, [...other, ...own.filter((one) => !other.some(({ text }) => text === one.text)).map((one) => ({ ...one, number: null }))]);
  });
  return { examples: pick("examples", mine.examples, theirs.examples, united), wordings };
}

/** Give a wording of mine the place in the file that it has now, if what it was made from is still there. */
function placed(wording, base, theirs) {
  const begun = base.wordings.find(({ number }) => number !== null && number === wording.number);
  const now = theirs.wordings.find(({ tone, text }) => tone === wording.tone && (text === wording.text || text === begun?.text));
  return { ...wording, number: now?.number ?? null };
}
