/** The customer card: who it is, what they ordered, what happened before. */

import { pair } from "./brief.js";
import { h } from "./dom.js";
import { vip } from "./shapes.js";
import { link } from "./text.js";
import { ago, date, now } from "./time.js";
import { safeAddress } from "./words.js";

/** Draw what a visitor answered before the chat. It is what they wrote: nobody has checked it. */
export function prechatNodes(prechat) {
  if (!prechat) return null;
  const { answers, consent_at: agreed } = prechat;
  return group("Before the chat", [
    answers.length ? h("dl", { class: "pairs" }, answers.map(({ label, text }) => pair(label, text))) : null,
    h("p", { class: "quiet" }, [answers.length ? "As they wrote it; not checked." : "They answered nothing.", agreed && `Agreed ${date(agreed)}.`].filter(Boolean).join(" ")),
  ]);
}

/** Draw the card of the customer behind `summary`; `again` asks the desk once more. */
export function cardNodes(card, summary, again) {
  if (!summary.customer?.identified) return anonymous(summary);
  if (!card?.available) return unavailable(card?.reason, again);
  return [age(card, again), customer(card.customer), orders(card.orders), tickets(card.tickets), notes(card.notes)].filter(Boolean);
}

// How old the details are is part of them: what was true an hour ago may cost a wrong promise.
function age({ fetched_at: at, stale }, again) {
  const words = `As of ${now() - new Date(at) < 24 * 60 * 60_000 ? ago(at) : date(at)}`;
  if (!stale) return h("p", { class: "quiet fetched" }, words, h("button", { type: "button", class: "link", on: { click: again } }, "Look again"));
  return h("p", { class: "warn fetched" }, `${words}. The customer records do not answer just now, so this may have changed.`, h("button", { type: "button", class: "link", on: { click: again } }, "Look again"));
}

function anonymous({ customer: known }) {
  return [
    h("p", { class: "lead" }, known?.name ? `Calls themselves ${known.name}; not signed in` : "Not signed in"),
    h("p", {}, "We cannot know who this is, so no orders are shown. Ask for an order number and the e-mail it was placed with before you tell anything about an order."),
  ];
}

function unavailable(reason, again) {
  return [
    h("p", { class: "lead" }, reason || "Customer details unavailable right now."),
    h("p", {}, "You can help already with what was said here; look again in a moment."),
    h("button", { type: "button", on: { click: again } }, "Look again"),
  ];
}

function customer({ name, email, phone, since, vip: special, tags, lifetime_value: value, currency }) {
  return h("div", {},
    h("p", { class: "lead card-name" }, h("span", { dir: "auto" }, name), special && vip()),
    tags?.length ? h("ul", { class: "tags", "aria-label": "Tags" }, tags.map((tag) => h("li", {}, tag))) : null,
    h("dl", { class: "pairs" },
      email && pair("E-mail", link(safeAddress(`mailto:${email}`), email)),
      phone && pair("Phone", phone),
      since && pair("Customer since", date(since)),
      value !== null && value !== undefined && pair("Bought so far", money(value, currency))));
}

function orders(all) {
  if (!all?.length) return group("Orders", h("p", { class: "quiet" }, "No orders yet."));
  return group("Orders", h("ul", { class: "orders" }, all.map(order)));
}

function order({ number, status, placed_at: placed, items, total, currency, address, tracking, expected_at: expected }) {
  return h("li", { class: "order" },
    h("p", { class: "order-top" }, h("strong", {}, number), h("span", { class: "status" }, status.replaceAll("_", " "))),
    h("p", {}, (items ?? []).map(({ name, quantity }) => `${quantity} × ${name}`).join(", ")),
    h("p", { class: "quiet" }, [`Placed ${date(placed)}`, total !== undefined && money(total, currency), expected && `expected ${date(expected)}`].filter(Boolean).join(" · ")),
    address && h("p", { class: "quiet", dir: "auto" }, address),
    tracking && h("p", { class: "quiet" }, "Tracking ", safeAddress(tracking) ? link(safeAddress(tracking), tracking) : tracking));
}

function tickets(all) {
  return all?.length ? group("Earlier requests", h("ul", { class: "history" }, all.map(({ kind, text, at, status }) =>
    h("li", {}, h("p", { dir: "auto" }, text), h("p", { class: "quiet" }, [kind?.replaceAll("_", " "), status, date(at)].filter(Boolean).join(" · ")))))) : null;
}

function notes(all) {
  return all?.length ? group("Notes in the customer records", h("ul", { class: "history" }, all.map(({ author, text, at }) =>
    h("li", {}, h("p", { dir: "auto" }, text), h("p", { class: "quiet" }, `${author} · ${date(at)}`))))) : null;
}

const group = (title, content) => h("section", { class: "about" }, h("h3", {}, title), content);

function money(value, currency) {
  const amount = Number(value);
  if (!Number.isFinite(amount)) return String(value);
  return currency ? new Intl.NumberFormat("en-GB", { style: "currency", currency }).format(amount) : amount.toFixed(2);
}
