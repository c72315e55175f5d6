/** The left column: four lists, a filter, and one row for each conversation. */

import { fill, h, keyed, say } from "./dom.js";
import { VIEWS, listed } from "./lists.js";
import { route } from "./route.js";
import { icon, moodBadge } from "./shapes.js";
import { moment, since } from "./time.js";
import { nameOf } from "./words.js";

/** Make the column; `go` opens an address. */
export function createQueue({ store, go }) {
  const tabs = new Map(VIEWS.map((view) => [view.name, tab(view, go)]));
  const tablist = h("div", { class: "tabs", role: "tablist", "aria-label": "Lists", on: { keydown: (event) => stepTabs(event, tabs, go) } },
    [...tabs.values()].map(({ node }) => node));
  const filter = h("input", { type: "search", id: "filter", placeholder: "Filter by name or words", autocomplete: "off",
    on: { input: () => store.change({ filter: filter.value }) } });
  const order = h("p", { class: "queue-order" });
  const rows = h("ul", { class: "rows" });
  const empty = h("div", { class: "empty" });
  const panel = h("div", { class: "queue-panel", role: "tabpanel", id: "list", tabindex: "-1" }, order, rows, empty);
  const node = h("nav", { class: "queue", "aria-label": "Conversations" },
    h("h1", { class: "unseen" }, "Conversations"), tablist,
    h("label", { class: "filter", for: "filter" }, icon("search"), h("span", { class: "unseen" }, "Filter this list"), filter), panel);

  function draw(state, before) {
    if (before && !["view", "conversations", "resolved", "counts", "filter", "openId", "ready", "agent"].some((key) => state[key] !== before[key])) return;
    for (const view of VIEWS) drawTab(tabs.get(view.name), state.counts[view.name], view.name === state.view);
    panel.setAttribute("aria-labelledby", `tab-${state.view}`);
    if (filter.value !== state.filter) filter.value = state.filter;
    drawRows(state);
  }

  function drawRows(state) {
    const shown = listed(state);
    say(order, shown.length ? VIEWS.find(({ name }) => name === state.view).order : "");
    keyed(rows, shown, { key: ({ id }) => id, make: makeRow, update: updateRow });
    for (const [index, row] of [...rows.children].entries()) {
      const anchor = row.firstElementChild;
      anchor.href = route(state.view, row.dataset.id);
      mark(anchor, "aria-current", row.dataset.id === state.openId ? "true" : null);
      mark(row, "data-first", state.view === "queue" && index === 0 && !state.filter ? "" : null);
    }
    fill(empty, shown.length ? null : emptyWords(state));
  }

  return { node, draw, focusFilter: () => filter.focus(), step: (by) => step(rows, by) };
}

function mark(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function tab({ name, title }, go) {
  const count = h("span", { class: "count" }, "0");
  const node = h("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "list", on: { click: () => go(route(name)) } }, title, " ", count);
  return { node, count };
}

function drawTab({ node, count }, number, selected) {
  say(count, String(number ?? 0));
  node.setAttribute("aria-selected", String(selected));
  node.tabIndex = selected ? 0 : -1;
}

function stepTabs(event, tabs, go) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const nodes = [...tabs.values()].map(({ node }) => node);
  const next = (nodes.indexOf(document.activeElement) + by + nodes.length) % nodes.length;
  event.preventDefault();
  nodes[next].focus();
  go(route(VIEWS[next].name));
}

function step(rows, by) {
  const anchors = [...rows.querySelectorAll("a")];
  const at = anchors.findIndex((anchor) => anchor === document.activeElement);
  const from = at >= 0 ? at : anchors.findIndex((anchor) => anchor.getAttribute("aria-current"));
  const next = from < 0 ? 0 : Math.min(anchors.length - 1, Math.max(0, from + by));
  anchors[next]?.focus();
  anchors[next]?.scrollIntoView({ block: "nearest" });
}

function makeRow({ id }) {
  return h("li", { class: "row", "data-id": id }, h("a", {}));
}

function updateRow(row, summary) {
  row.dataset.kind = summary.owner.kind;
  fill(row.firstElementChild,
    h("span", { class: "row-top" }, h("span", { class: "row-name", dir: "auto" }, nameOf(summary)), summary.customer?.vip && vip(), unread(summary), rowTime(summary)),
    h("span", { class: "row-situation", dir: "auto" }, situation(summary)),
    h("span", { class: "row-bottom" }, moodBadge(summary.mood), why(summary)));
}

function situation({ situation: told, owner, last_message: last }) {
  if (told) return told;
  return owner.kind === "waiting" && last?.speaker !== "visitor" ? "The brief is being written" : last?.text ?? "Nothing said yet";
}

/** Mark a customer as one the business treats with special care. */
export function vip() {
  return h("span", { class: "vip" }, icon("star"), "VIP");
}

function rowTime(summary) {
  const { owner, waiting_since: from, channel } = summary;
  const waits = owner.kind === "waiting" && from;
  return h("span", { class: "row-time" }, channel && `${channel[0].toUpperCase()}${channel.slice(1)} · `,
    waits ? [h("span", { class: "unseen" }, "waiting "), h("time", { class: "waits", datetime: from, "data-since": from }, since(from))]
      : moment(summary.resolved_at ?? summary.last_message?.at ?? summary.opened_at));
}

function why({ owner, reasons }) {
  const whose = { bot: "With the assistant", agent: owner.name }[owner.kind];
  const reason = owner.kind === "waiting" ? reasons?.[0]?.label : whose;
  return reason ? h("span", { class: "row-why", title: reason }, reason) : null;
}

function unread({ owner, unread: count }) {
  return count > 0 && owner.kind !== "closed" ? h("span", { class: "unread" }, String(count), h("span", { class: "unseen" }, count === 1 ? " new message" : " new messages")) : null;
}

const EMPTY = {
  queue: ["Nobody is waiting", "When somebody asks for a person or runs out of patience, they appear here, the most urgent first, with the reason."],
  mine: ["You have no conversations", "Take one over from the queue and it stays here until you hand it back or resolve it."],
  all: ["No conversations yet", "Every open conversation appears here, also those the assistant is answering. You may read along and step in."],
  resolved: ["Nothing resolved yet", "Conversations you resolve are kept here to read again."],
};

function emptyWords({ view, ready, resolved, filter, counts }) {
  if (!ready || (view === "resolved" && !resolved)) return h("p", { class: "quiet" }, "Loading…");
  if (filter.trim()) return [h("h2", {}, "No match"), h("p", {}, `Nothing in this list matches “${filter.trim()}”. Press Esc to clear the filter.`)];
  const [title, text] = EMPTY[view];
  const busy = view === "queue" && counts.all > 0;
  return [h("h2", {}, title), h("p", {}, text), busy && h("p", {}, `The assistant and your colleagues have ${counts.all} open. Look in “All” to read along.`)];
}
