/** Opening hours: the week of the shops and of the people, holidays, closures, other hours, and what customers hear. */

import { fill, h } from "../dom.js";
import { createSaving, problemAt } from "./settingssave.js";
import { createHeard } from "./settingsheard.js";
import { WHO, daysList } from "./settingsdays.js";
import { spansField } from "./settingsspans.js";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const SHOWN = 8; // holidays

/** Make the pane. */
export async function createPane(studio) {
  const read = () => studio.call("GET", "settings/opening");
  const told = await read();
  const form = h("div", { class: "settings-form" });
  const heard = createHeard(studio, { found: ({ holidays: coming }) => { holidays = coming; drawHolidays(); } });
  const saving = createSaving({ name: "opening", told, read, write: (body) => studio.call("PUT", "settings/opening", body), draw, compare, studio });
  const holidayList = h("div", {});
  const closures = h("div", {});
  const special = h("div", {});
  let { holidays } = told;
  let known = told;

  function draw(values, now) {
    known = now;
    if (now.holidays) ({ holidays } = now);
    fill(form, week(values), off(values), days("closures", closures), days("special_hours", special));
    drawDays();
    drawHolidays();
    heard.show(values, now);
  }

  function change(next) {
    saving.change(next);
    heard.ask(next);
  }

  function week(values) {
    const cell = (who, day) => h("td", { "data-who": WHO[who] }, spansField(`${day}, ${WHO[who].toLowerCase()}`, values[who][day.toLowerCase()], (text) => change({ ...saving.values, [who]: { ...saving.values[who], [day.toLowerCase()]: text } })),
      problemAt(known.problems, known.file, `${who}.${day.toLowerCase()}`));
    return h("section", { class: "studio-card", "aria-labelledby": "week-title" }, h("h3", { id: "week-title" }, "Every week"),
      h("p", { class: "hint" }, "“Shops” is what customers hear who ask when you are open. “People” are those who answer chats, e-mail and phone: outside these hours nobody is promised a person now."),
      h("table", { class: "week" }, h("thead", {}, h("tr", {}, h("td", {}), h("th", { scope: "col" }, "Shops"), h("th", { scope: "col" }, "People"))),
        h("tbody", {}, DAYS.map((day) => h("tr", {}, h("th", { scope: "row" }, day), cell("cafes", day), cell("support", day))))));
  }

  function off(values) {
    const set = (key, value) => change({ ...saving.values, holidays: { ...saving.values.holidays, [key]: value } });
    const calendar = h("input", { id: "calendar", maxlength: "20", spellcheck: "false", "aria-describedby": "calendar-hint", on: { change: (event) => set("calendar", event.target.value.trim()) } });
    calendar.value = values.holidays.calendar;
    return h("section", { class: "studio-card", "aria-labelledby": "holidays-title" }, h("h3", { id: "holidays-title" }, "Public holidays"),
      h("div", { class: "holiday-rules" },
        h("div", { class: "field" }, h("label", { for: "calendar" }, "Calendar of"), calendar, h("p", { class: "hint", id: "calendar-hint" }, "Your country, with a region where holidays differ: GB-ENG, DE-BY."), problemAt(known.problems, known.file, "public_holidays.calendar")),
        ["cafes", "support"].map((who) => h("div", { class: "field" }, h("span", { class: "field-name" }, `${WHO[who]} on them`), spansField(`Public holidays, ${WHO[who].toLowerCase()}`, values.holidays[who], (text) => set(who, text)), problemAt(known.problems, known.file, `public_holidays.${who}`)))),
      holidayList);
  }

  function drawHolidays() {
    const row = ({ date, name, day }) => {
      const id = `holiday-${date}`;
      const now = stateOf(date, name);
      const select = h("select", { id, on: { change: (event) => { choose(date, name, event.target.value); document.getElementById(id)?.focus(); } } },
        [["rule", "as above"], ["usual", "open as on any other day"], ["closed", "closed"], ["own", "hours of its own"]].map(([value, text]) => {
          const option = h("option", { value }, text);
          option.selected = value === now;
          return option;
        }));
      const own = now === "own" && saving.values.special_hours.find((entry) => covers(entry, date));
      return h("li", {}, h("label", { for: id }, h("strong", {}, name), h("span", { class: "quiet" }, day)), select, own && h("span", { class: "quiet" }, own.hours));
    };
    fill(holidayList, h("h4", {}, "The next ones"), holidays.length ? h("ul", { class: "holidays" }, holidays.slice(0, SHOWN).map(row)) : h("p", { class: "quiet" }, "The calendar has none in the coming year."),
      h("p", { class: "hint" }, "“Open as on any other day” holds every year; the others for this one, and you find them below."));
  }

  function stateOf(date, name) {
    const { special_hours: other, closures: shut, holidays: { open_as_usual: kept } } = saving.values;
    if (other.some((entry) => covers(entry, date))) return "own";
    if (shut.some((entry) => covers(entry, date))) return "closed";
    return kept.includes(name) ? "usual" : "rule";
  }

  function choose(date, name, wanted) {
    const values = structuredClone(saving.values);
    const single = (entry) => entry.from === date && (!entry.until || entry.until === date);
    values.closures = values.closures.filter((entry) => !single(entry));
    values.special_hours = values.special_hours.filter((entry) => !single(entry));
    values.holidays.open_as_usual = values.holidays.open_as_usual.filter((one) => one !== name);
    const entry = { index: null, from: date, until: "", who: "everyone", reason: name };
    if (wanted === "usual") values.holidays.open_as_usual.push(name);
    if (wanted === "closed") values.closures.push(entry);
    if (wanted === "own") values.special_hours.push({ ...entry, hours: "10:00-16:00" });
    change(values);
    drawDays();
    drawHolidays();
    if (stateOf(date, name) !== wanted) studio.tell("A longer closure below still covers this day. Change that one.");
  }

  function days(key, place) {
    const [title, hint] = key === "closures" ? ["Closed besides", "Days off, stocktaking, holidays of your own. The reason is said to customers."]
      : ["Days with other hours", "These stand above all else: the week, holidays and closures."];
    return h("section", { class: "studio-card", "aria-labelledby": `${key}-title` }, h("h3", { id: `${key}-title` }, title), h("p", { class: "hint" }, hint), place);
  }

  function drawDays() {
    for (const [key, place] of [["closures", closures], ["special_hours", special]]) {
      fill(place, daysList(key, saving.values[key], { problems: known.problems, file: known.file, change: (entries) => { change({ ...saving.values, [key]: entries }); drawHolidays(); } }));
    }
  }

  draw(saving.values, told);
  return { node: h("div", { class: "settings-pane" }, h("div", { class: "hours-columns" }, form, heard.node), saving.node), close: heard.close };
}

const covers = ({ from, until }, date) => from <= date && date <= (until || from);

function compare(values) {
  const { cafes, support, holidays, closures, special_hours: special } = values;
  const entry = ({ from, until, who, hours, reason }) => `${from}${until ? ` to ${until}` : ""}, ${WHO[who] ?? who}${hours ? `, ${hours}` : ""}: ${reason}`;
  return [...DAYS.flatMap((day) => [[`${day}, shops`, cafes[day.toLowerCase()]], [`${day}, people`, support[day.toLowerCase()]]]),
    ["Calendar", holidays.calendar], ["Holidays, shops", holidays.cafes], ["Holidays, people", holidays.support],
    ["Open as usual on", holidays.open_as_usual.join(", ") || "none"], ["Closed besides", closures.map(entry).join("; ") || "none"], ["Days with other hours", special.map(entry).join("; ") || "none"]];
}
