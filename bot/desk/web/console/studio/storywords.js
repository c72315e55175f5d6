/** What steps are called, and what they can be, for those who have never seen a file. */

const SHORT = 90;

/** Cut a text where it gets long. */
export const short = (text, most = SHORT) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

/** Say a name of the files in words. */
export const plain = (name) => name.replace(/^(action|utter)_/, "").replace(/_form$/, "").replaceAll("_", " ");

/** Tell the kinds of steps that a flow may have; `words` is what the desk told of them. */
export function kindsOf(kind, words) {
  return [
    { what: "says", text: "The customer says", hint: "and you choose what" },
    { what: "answer", text: "Kindhand answers", hint: "with one of your answers" },
    { what: "action", text: "Kindhand does something", hint: "looks up an order, calls a person" },
    words.forms.length > 0 && { what: "form", text: "Kindhand asks for what it needs", hint: "an order, an address, a yes" },
    words.forms.length > 0 && { what: "asks", text: "The asking goes on, or is done" },
    words.slots.length > 0 && { what: "known", text: "Something is known", hint: "on which the rest depends" },
    kind === "story" && { what: "joins", text: "Another story goes on here", hint: "or leads to here" },
  ].filter(Boolean);
}

/** Make a new step of a kind. */
export function fresh(what, words) {
  const made = { says: ["says", [""]], answer: ["does", [""], "answer"], action: ["does", [""], "action"], form: ["does", [""], "form"], asks: ["asks", []], joins: ["joins", [""]], known: ["known", []] }[what];
  const [kind, names, among] = made;
  const slot = words.slots[0];
  return { what: kind, names, among, number: null, values: kind === "known" && slot ? { [slot.name]: slot.values[0] ?? true } : {} };
}

/** Tell of which sort a step is that answers, does or asks. */
export function amongOf({ among, what, names, answer, questions }, words) {
  if (among || what !== "does") return among;
  if (answer || words.answers.some(({ name }) => name === names[0])) return "answer";
  return questions || words.forms.some(({ name }) => name === names[0]) ? "form" : "action";
}

/** Say a step in a few words, for buttons and what reads the page aloud. */
export function nameOf(step, words) {
  const { what, names, values } = step;
  const saying = (name) => words.says.find((one) => one.name === name)?.text ?? plain(name);
  if (what === "says") return `the customer says ${names.filter(Boolean).map((name) => `“${short(saying(name), 40)}”`).join(" or ") || "something"}`;
  if (what === "does" && amongOf(step, words) === "answer") return `Kindhand answers “${short(words.answers.find(({ name }) => name === names[0])?.text || plain(names[0] ?? ""), 40)}”`;
  if (what === "does") return amongOf(step, words) === "form" ? `Kindhand asks for what it needs, ${plain(names[0])}` : doneIn(names[0], words);
  if (what === "asks") return names[0] ? `the asking goes on, ${plain(names[0])}` : "nothing more is asked";
  if (what === "known") return `known: ${Object.entries(values).map(([slot, value]) => `${plain(slot)} is ${valueIn(value)}`).join(", ")}`;
  return what === "joins" ? `the meeting point “${names[0]}”` : "a step of the file";
}

/** Say what an action does. */
export function doneIn(name, words) {
  const done = words.actions.find((one) => one.name === name)?.text;
  return name === "action_listen" ? "it is the customer's turn" : `Kindhand ${done || `does ${plain(name ?? "")}`}`;
}

/** Say a value. */
export const valueIn = (value) => (value === true ? "yes" : value === false ? "no" : value === null ? "not known" : String(value));
