/** The brief: what happened, why a person is needed, what was tried and promised, what is missing. */

import { h } from "./dom.js";
import { ahead } from "./time.js";

const NONE = {
  bot: "No brief yet: the assistant is still answering. It is written the moment somebody needs a person.",
  waiting: "The brief is being written.",
  other: "There is no brief: nobody had to be called. Everything that was said is in the conversation.",
};

/** Draw the brief; `show` brings the message behind a quote into view, `verdict` stands below the reasons. */
export function briefNodes({ brief, handoff, owner, show, verdict }) {
  if (!brief) return [h("p", { class: "quiet" }, NONE[owner.kind] ?? NONE.other)];
  return [
    h("p", { class: "lead", dir: "auto" }, brief.situation),
    brief.wants && part("Wants", h("p", { dir: "auto" }, brief.wants)),
    part("Why a person", list("reasons", brief.reasons, (reason) => reasonNodes(reason, show))),
    verdict,
    part("Already tried", list("facts", brief.tried, (fact) => factNodes(fact, show)), "The assistant has tried nothing yet."),
    part("Promised", list("facts", promises(brief, handoff), (fact) => factNodes(fact, show)), "Nothing was promised."),
    details(brief),
    advice(brief),
    handoff?.assignment && part("To whom, and why", h("p", { dir: "auto" }, handoff.assignment)),
  ].filter(Boolean);
}

function promises({ promised }, handoff) {
  const { promised_at: until, contact } = handoff ?? {};
  const how = [contact?.email, contact?.phone].filter(Boolean).join(", ");
  return [...(promised ?? []), ...(until ? [{ text: `An answer by ${ahead(until)}${how ? `, to ${how}` : ""}` }] : [])];
}

function part(title, content, otherwise) {
  if (!content && !otherwise) return null;
  return h("section", { class: "about" }, h("h3", {}, title), content ?? h("p", { class: "quiet" }, otherwise));
}

function list(kind, items, nodes) {
  return items?.length ? h("ul", { class: kind }, items.map((item) => h("li", {}, nodes(item)))) : null;
}

function reasonNodes({ label, evidence }, show) {
  return [h("span", { class: "reason" }, label), (evidence ?? []).map((one) => quoted(one, show))];
}

function quoted({ seq, quote }, show) {
  return h("button", { type: "button", class: "quote", dir: "auto", on: { click: () => show(seq) } },
    h("span", { class: "unseen" }, "Show the message: "), h("q", {}, quote));
}

function factNodes({ seq, text }, show) {
  return seq ? h("button", { type: "button", class: "fact", dir: "auto", on: { click: () => show(seq) } }, text) : h("span", { dir: "auto" }, text);
}

function details({ filled, missing }) {
  if (!filled?.length && !missing?.length) return null;
  return part("Details", h("dl", { class: "pairs" },
    (filled ?? []).map(({ label, value }) => pair(label, String(value))),
    (missing ?? []).map(({ label }) => pair(label, "still missing", "missing"))));
}

/** One name and its value. */
export function pair(label, value, kind = null) {
  return h("div", { class: kind }, h("dt", {}, label), h("dd", { dir: "auto" }, value));
}

function advice({ dos, donts }) {
  if (!dos?.length && !donts?.length) return null;
  return h("div", { class: "advice" },
    part("Do", list("dos", dos, (text) => text)),
    part("Don’t", list("donts", donts, (text) => text)));
}
