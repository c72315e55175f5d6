/** An order beside the words about it: how far it has come, what is in it, when it is due, what it cost. */

import { el } from "./dom.js";
import { LOCALE, WORDS } from "./words.js";

const STEPS = ["placed", "packing", "shipped", "delivered"];
const DAY = { weekday: "short", day: "numeric", month: "short" };

/** Draw a card of the desk; null for a kind that is not known here: the words beside it say everything. */
export function drawn(card) {
  return card?.kind === "order" ? orderCard(card) : null;
}

function orderCard(order) {
  const title = el("p", { class: "number", dir: "auto" }, WORDS.order(order.number));
  const top = el("div", { class: "top" }, title, el("p", { class: "state" }, WORDS.orderStatus[order.status] ?? order.status));
  const parts = [top, steps(order.status), items(order.items ?? []), facts(order)];
  return el("div", { class: "card", "data-status": order.status, role: "group", "aria-label": WORDS.order(order.number) }, ...parts);
}

function steps(status) {
  const reached = STEPS.indexOf(status);
  if (reached < 0) return null;
  return el("div", { class: "steps", "aria-hidden": "true" }, ...STEPS.map((_, i) => el("i", { "data-done": i <= reached })));
}

function items(list) {
  if (!list.length) return null;
  const row = ({ name, quantity }) => el("li", {}, el("span", { class: "quantity" }, `${number(quantity)} ×`), el("span", { dir: "auto" }, name));
  return el("ul", { role: "list" }, ...list.map(row));
}

function facts({ status, placed_at, expected_at, tracking, total, currency }) {
  const due = status === "cancelled" ? null : expected_at;
  const known = [
    [WORDS.orderPlaced, placed_at && day(placed_at)],
    [status === "delivered" ? WORDS.orderStatus.delivered : WORDS.orderExpected, due && day(due)],
    [WORDS.orderTracking, tracking],
    [WORDS.orderTotal, money(total, currency), "total"],
  ].filter(([, value]) => value);
  const line = ([name, value, kind = null]) => el("div", { class: kind }, el("dt", {}, name), el("dd", { dir: "auto" }, value));
  return known.length ? el("dl", {}, ...known.map(line)) : null;
}

const number = (amount) => new Intl.NumberFormat(LOCALE).format(amount);
const day = (iso) => new Intl.DateTimeFormat(LOCALE, DAY).format(new Date(iso));

function money(total, currency) {
  if (total === null || total === undefined || !currency) return null;
  return new Intl.NumberFormat(LOCALE, { style: "currency", currency }).format(total);
}
