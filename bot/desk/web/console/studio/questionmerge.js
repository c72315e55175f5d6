/** Two people changed one question: what differs, and what comes of it when each part is decided. */

import { TONES } from "./questiontones.js";

const plain = (value) => JSON.stringify(value);
const ofTone = (question, tone) => question.wordings.filter((wording) => wording.tone === tone);
const without = (all, others) => all.filter((text) => !others.includes(text));

/** List the parts that are not the same in mine and theirs, each with a first suggestion.
 *
 * Questions are `{ examples, wordings }`; `base` is what both began with. A part is `{ part, mine, theirs, best }`,
 * of the examples with `{ added, gone }` on either side, of a tone with its wordings.
 */
export function differences(base, mine, theirs) {
  const changes = ({ examples }) => ({ added: without(examples, base.examples), gone: without(base.examples, examples) });
  const parts = TONES.map(({ tone }) => [tone, ofTone(base, tone), ofTone(mine, tone), ofTone(theirs, tone)])
    .filter(([, , own, other]) => plain(own) !== plain(other))
    .map(([tone, begun, own, other]) => ({ part: tone, mine: own, theirs: other, best: plain(own) === plain(begun) ? "theirs" : "mine" }));
  const same = plain(mine.examples) === plain(theirs.examples);
  return same ? parts : [{ part: "examples", mine: changes(mine), theirs: changes(theirs), best: "both" }, ...parts];
}

/** Put a question together; `decided` says `mine`, `theirs` or `both` for each part that differs. */
export function together(base, mine, theirs, decided) {
  const pick = (part, own, other, both) => ({ mine: own, theirs: other, both })[decided[part] ?? "mine"];
  const united = () => {
    const kept = mine.examples.filter((text) => theirs.examples.includes(text) || !base.examples.includes(text));
    return [...kept, ...without(theirs.examples, [...mine.examples, ...base.examples])];
  };
  const wordings = TONES.flatMap(({ tone }) => {
    const [own, other] = [ofTone(mine, tone), ofTone(theirs, tone)];
    return pick(tone, own, other, [...own, ...other.filter((one) => !own.some(({ text }) => text === one.text))]);
  });
  return { examples: pick("examples", mine.examples, theirs.examples, united()), wordings };
}
