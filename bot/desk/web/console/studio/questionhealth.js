/** How a question is doing, in words: what needs care first, then what is only worth knowing. */

// Shares of examples that are nearer to another question's: often misunderstood, and worth a look.
const MIXED = 0.4;
const SOMEWHAT = 0.2;
const OFTEN = 3; // people upset afterwards before it says anything
const SHARE = 0.15;

export const LEVELS = {
  care: { word: "Needs care", mood: "upset" },
  better: { word: "Could be better", mood: "uneasy" },
  good: { word: "In good shape", mood: "calm" },
};

/** Read a question of the list: `{ level, care, reasons }`; the more `care`, the sooner it should be looked at. */
export function healthOf({ examples, wordings, nearest, confusions = 0, weak, asked, upset }) {
  const reasons = [];
  const say = (care, text) => reasons.push({ care, text });
  if (!wordings.plain) say(8, "No answer yet");
  if (upset >= OFTEN && upset >= asked * SHARE) say(4 + upset / asked, `${people(upset)} upset after this answer`);
  if (weak) say(3, `Only ${count(examples, "example")}: 15 or more are good`);
  const mixed = confusions / Math.max(1, examples);
  if (nearest && mixed >= SOMEWHAT) say(mixed + (mixed >= MIXED ? 2 : 0), `${confusions} of ${count(examples, "example")} are nearer to another question, most to “${nearest.title}”`);
  if (wordings.plain && !wordings.careful) say(1, "No wording for upset customers");
  reasons.sort((one, other) => other.care - one.care);
  const care = reasons.reduce((sum, reason) => sum + reason.care, 0);
  return { care, level: care >= 2 ? "care" : care > 0 ? "better" : "good", reasons: reasons.map(({ text }) => text) };
}

/** Say in one line what is known of a question. */
export function factsOf({ examples, asked, upset }) {
  const after = upset ? `, ${people(upset)} upset afterwards` : "";
  return [count(examples, "example"), asked ? `asked ${count(asked, "time")} in 30 days${after}` : ""].filter(Boolean).join(" · ");
}

/** Say a number and its noun. */
export const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

const people = (number) => `${number.toLocaleString("en")} ${number === 1 ? "person was" : "people were"}`;
