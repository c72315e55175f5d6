/** The left column: four lists, search and filters, and one row for each conversation. */

import { fill, h, keyed, mark, say } from "./dom.js";
import { createFilters } from "./filters.js";
import { VIEWS, isFiltered, listed, question } from "./lists.js";
import { route } from "./route.js";
import { makeRow, updateRow } from "./row.js";

const SHOWS = ["view", "conversations", "found", "counts", "filters", "openId", "ready", "agent"];

/** Make the column; `go` opens an address, `more` asks the desk for what comes after the last row. */
export function createQueue({ store, go, more, again }) {
  const tabs = new Map(VIEWS.map((view) => [view.name, tab(view, go)]));
  const tablist = h("div", { class: "tabs", role: "tablist", "aria-label": "Lists", on: { keydown: (event) => stepTabs(event, tabs, go) } },
    [...tabs.values()].map(({ node }) => node));
  const filters = createFilters({ store });
  const order = h("p", { class: "queue-order" });
  const rows = h("ul", { class: "rows" });
  const further = h("button", { type: "button", class: "further", hidden: true, on: { click: more } }, "Show earlier ones");
  const empty = h("div", { class: "empty" });
  const panel = h("div", { class: "queue-panel", role: "tabpanel", id: "list", tabindex: "-1" }, order, rows, further, empty);
  const node = h("nav", { class: "queue", "aria-label": "Conversations" },
    h("h1", { class: "unseen" }, "Conversations"), tablist, filters.node, panel);

  function draw(state, before) {
    filters.draw(state, before);
    if (before && !SHOWS.some((key) => state[key] !== before[key])) return;
    for (const view of VIEWS) drawTab(tabs.get(view.name), state.counts[view.name], view.name === state.view);
    panel.setAttribute("aria-labelledby", `tab-${state.view}`);
    drawRows(state);
  }

  function drawRows(state) {
    const shown = listed(state);
    const asked = question(state);
    const how = asked && state.found.question === asked ? state.found.how : asked ? "asking" : "done";
    say(order, orderWords(state, shown.length, how));
    keyed(rows, shown, { key: ({ id }) => id, make: makeRow, update: (row, summary) => updateRow(row, summary, state.agent) });
    for (const [index, row] of [...rows.children].entries()) {
      const anchor = row.firstElementChild;
      mark(anchor, "href", route(state.view, row.dataset.id));
      mark(anchor, "aria-current", row.dataset.id === state.openId ? "true" : null);
      mark(row, "data-first", state.view === "queue" && index === 0 && !isFiltered(state.filters) ? "" : null);
    }
    further.hidden = !(asked && state.found.question === asked && state.found.next);
    further.disabled = how === "more";
    say(further, how === "more" ? "Looking…" : "Show earlier ones");
    fill(empty, shown.length && how !== "failed" ? null : emptyWords(state, how, again));
  }

  return { node, draw, focusFilter: filters.focus, step: (by) => step(rows, by) };
}

function orderWords({ view, filters, found }, count, how) {
  if (how === "asking") return count ? `${count} here, looking for more…` : "";
  if (isFiltered(filters)) return count ? `${count}${found.next ? " and more" : ""} found, ${view === "queue" ? "most urgent" : "latest"} first` : "";
  return count ? VIEWS.find(({ name }) => name === view).order : "";
}

function tab({ name, title }, go) {
  const count = h("span", { class: "count" }, "0");
  const node = h("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "list", on: { click: () => go(route(name)) } }, title, " ", count);
  return { node, count };
}

function drawTab({ node, count }, number, selected) {
  say(count, String(number ?? 0));
  mark(node, "aria-selected", String(selected));
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

const EMPTY = {
  queue: ["Nobody is waiting", "When somebody asks for a person or runs out of patience, they appear here, the most urgent first, with the reason."],
  mine: ["You have no conversations", "Take one over from the queue, or take one that is offered to you. It stays here until you hand it back, transfer or resolve it."],
  all: ["No conversations yet", "Every open conversation appears here, also those the assistant is answering. You may read along and step in."],
  resolved: ["Nothing resolved yet", "Conversations you resolve are kept here to read again, search and reopen."],
};

function emptyWords({ view, ready, filters, counts }, how, again) {
  if (how === "failed") return [h("h2", {}, "The desk did not answer"), h("p", {}, "The rest of this list could not be read."), h("button", { type: "button", on: { click: again } }, "Try again")];
  if (!ready || how === "asking") return h("p", { class: "quiet" }, "Looking…");
  if (isFiltered(filters)) return [h("h2", {}, "No match"), h("p", {}, `Nothing in this list matches${filters.q.trim() ? ` “${filters.q.trim()}”` : " these filters"}. Press Esc to clear them, or look in All and Resolved.`)];
  const [title, text] = EMPTY[view];
  const busy = view === "queue" && counts.all > 0;
  return [h("h2", {}, title), h("p", {}, text), busy && h("p", {}, `The assistant and your colleagues have ${counts.all} open. Look in “All” to read along.`)];
}
