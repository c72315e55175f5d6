/** Talk to the draft beside what is live, and see why each answered so. */

import { fill, h, mark, say } from "../dom.js";
import { createSides } from "./trysides.js";
import { createTurn } from "./tryturn.js";

const MOODS = [["", "as written"], ["worried", "worried"], ["annoyed", "annoyed"], ["furious", "furious"]];
// What a customer of that mood says before the matter itself.
const BEFORE = { worried: "I'm really worried about this. ", annoyed: "This is the third time I ask and I'm fed up. ", furious: "This is an absolute disgrace, I am furious with you! " };

/** Make the part. */
export function createPart({ call, tell }) {
  const sides = createSides({ call, tell, changed: draw });
  const text = h("textarea", { id: "try-text", rows: 2, maxlength: 4000, "aria-describedby": "try-keys", on: { keydown: pressed, input: draw } });
  const mood = choice("try-mood", "The customer is", MOODS);
  const to = choice("try-to", "Say it to", [["both", "both"], ["draft", "your changes"], ["live", "the live one"]]);
  const customer = h("select", { id: "try-customer", on: { change: over } }, h("option", { value: "" }, "nobody in particular"));
  const customerField = h("div", { class: "try-choice", hidden: true }, h("label", { for: "try-customer" }, "Who is it?"), customer);
  const send = h("button", { type: "submit", class: "primary" }, "Say it");
  const error = h("p", { class: "studio-wrong", role: "alert" });
  const waits = h("p", { class: "quiet", role: "status" });
  const turns = h("ol", { class: "try-turns", "aria-label": "What was said" });
  const empty = h("p", { class: "quiet try-empty" }, "Say something as a customer would. Below each answer stands why it came.");
  const form = h("form", { class: "studio-card try-form", on: { submit: (event) => { event.preventDefault(); speak(text.value); } } },
    h("label", { for: "try-text" }, "What a customer says"), text,
    h("p", { class: "hint", id: "try-keys" }, "Enter says it, Shift and Enter begin a new line."),
    h("div", { class: "try-choices" }, mood.node, to.node, customerField),
    error,
    h("div", { class: "studio-acts" }, send, h("button", { type: "button", on: { click: over } }, "Start over"), waits));
  const node = h("div", { class: "try" },
    h("div", { class: "studio-head" }, h("h2", {}, "Try it")),
    h("p", {}, "Both are private copies with made-up records: nobody is called, no order is touched, and your customers notice nothing."),
    sides.node, empty, turns, form);
  let busy = false;

  function choice(id, label, options) {
    const select = h("select", { id }, options.map(([value, words]) => h("option", { value }, words)));
    return { node: h("div", { class: "try-choice" }, h("label", { for: id }, label), select), select };
  }

  function draw() {
    const known = sides.customers();
    if (customerField.hidden && known.length) {
      customer.append(...known.map(({ id, name }) => h("option", { value: id }, name)));
      customerField.hidden = false;
    }
    for (const option of to.select.options) option.disabled = !wanted(option.value).some(sides.runs);
    if (to.select.selectedOptions[0]?.disabled) to.select.value = "both";
    send.disabled = busy || !wanted(to.select.value).some(sides.runs);
    say(waits, busy ? "Waiting for the answers…" : sides.runs("draft") || sides.runs("live") ? "" : "You can write already; it can be said once a copy runs.");
    mark(empty, "hidden", turns.children.length ? "" : null);
  }

  const wanted = (value) => (value === "both" ? ["live", "draft"] : [value]);

  function pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  }

  async function speak(written, { plain = false } = {}) {
    const said = `${plain ? "" : BEFORE[mood.select.value] ?? ""}${written}`.trim();
    const listening = wanted(to.select.value).filter(sides.runs);
    if (busy || !said || !listening.length) return;
    busy = true;
    error.textContent = "";
    draw();
    try {
      const answered = await call("POST", "trial/say", { text: said, sides: listening, customer: customer.value }, 60_000);
      const turn = createTurn({ said, sides: listening, ...answered, choose: (title) => speak(title, { plain: true }) });
      for (const old of turns.querySelectorAll(".try-buttons")) old.remove();
      turns.append(turn);
      if (!plain) text.value = "";
      turn.scrollIntoView({ block: "nearest" });
    } catch (problem) {
      error.textContent = problem.offline ? "The desk cannot be reached just now. Your words are still here." : problem.message;
      sides.look();
    }
    busy = false;
    draw();
    text.focus();
  }

  async function over() {
    error.textContent = "";
    fill(turns);
    draw();
    await call("POST", "trial/over").catch((problem) => { error.textContent = problem.message; });
    text.focus();
  }

  draw();
  sides.open();
  return { node, focus: () => text.focus({ preventScroll: true }), close: sides.close };
}
