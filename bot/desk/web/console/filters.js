/** Search and filters over a list: words, mood, reason, and who has it. */

import { fill, h, say } from "./dom.js";
import { NO_FILTERS, isFiltered, reasonsSeen } from "./lists.js";
import { MOOD_LABELS, icon, moodWord } from "./shapes.js";

const KINDS = [["mood", "Mood", "Any mood"], ["reason", "Reason", "Any reason"], ["agent", "Agent", "Anybody"], ["survey", "Said afterwards", "Anything or nothing"]];
const SAID = [["answered", "Anything"], ["unhappy", "Not happy"]];

/** Make the search field and the filters behind one button. */
export function createFilters({ store }) {
  const search = h("input", { type: "search", id: "filter", placeholder: "Name, order, words", autocomplete: "off", on: { input: () => set({ q: search.value }) } });
  const selects = Object.fromEntries(KINDS.map(([name, , any]) => [name, h("select", { id: `filter-${name}`, on: { change: (event) => set({ [name]: event.target.value }) } }, h("option", { value: "" }, any))]));
  const number = h("span", { class: "filter-count", hidden: true });
  const toggle = h("button", { type: "button", class: "filter-toggle", "aria-expanded": "false", "aria-controls": "filters", on: { click: () => show(more.hidden) } }, icon("tune"), h("span", {}, "Filter"), number);
  const clear = h("button", { type: "button", class: "link", on: { click: () => { set(NO_FILTERS); search.focus(); } } }, "Clear all");
  const more = h("div", { class: "filter-more", id: "filters", hidden: true }, KINDS.map(([name, title]) => h("label", { for: `filter-${name}` }, h("span", {}, title), selects[name])), clear);
  const node = h("search", { class: "filters" },
    h("div", { class: "filter" }, h("label", { for: "filter" }, icon("search"), h("span", { class: "unseen" }, "Search this list")), search, toggle), more);

  const set = (change) => store.change((now) => ({ ...now, filters: { ...now.filters, ...change } }));

  function show(on) {
    more.hidden = !on;
    toggle.setAttribute("aria-expanded", String(on));
  }

  function draw(state, before) {
    const { filters, conversations, found, team } = state;
    if (before && before.filters === filters && before.conversations === conversations && before.found === found && before.team === team) return;
    if (search.value !== filters.q) search.value = filters.q;
    options("mood", MOOD_LABELS.map((label) => [label, moodWord(label)]), filters);
    options("reason", reasonsSeen(state), filters);
    options("survey", SAID, filters);
    options("agent", team.map(({ id, name }) => [id, name]), filters);
    const used = KINDS.filter(([name]) => filters[name]).length;
    number.hidden = !used;
    say(number, used ? String(used) : "");
    mark(used);
    clear.hidden = !isFiltered(filters);
  }

  function mark(used) {
    toggle.setAttribute("aria-label", used ? `Filter, ${used} in use` : "Filter");
  }

  function options(name, all, filters) {
    const select = selects[name];
    const wanted = JSON.stringify(all);
    if (select.dataset.shown !== wanted && document.activeElement !== select) {
      select.dataset.shown = wanted;
      fill(select, select.firstElementChild, all.map(([value, text]) => h("option", { value }, text)));
    }
    if (select.value !== filters[name]) select.value = filters[name];
  }

  return { node, draw, focus: () => search.focus() };
}
