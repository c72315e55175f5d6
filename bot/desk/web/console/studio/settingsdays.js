/** Some days with a reason: closures, and days with hours of their own. */

import { fill, h } from "../dom.js";
import { problemAt } from "./settingssave.js";
import { spansField } from "./settingsspans.js";

export const WHO = { cafes: "Shops", support: "People", everyone: "Everybody" };

/** Make the list of entries; `change` gets all of them. */
export function daysList(key, entries, { problems, file, change }) {
  const node = h("div", {});
  let all = entries.map((entry) => ({ ...entry }));

  function draw(focus = null) {
    fill(node, all.length === 0 && h("p", { class: "quiet" }, "None so far."), h("ul", { class: "days" }, all.map(row)),
      h("button", { type: "button", class: "days-add", on: { click: add } }, key === "closures" ? "Add days on which you are closed" : "Add days with other hours"));
    if (focus !== null) (node.querySelectorAll("li")[focus]?.querySelector("input") ?? node.querySelector(".days-add")).focus();
  }

  function row(entry, index) {
    const name = `${key === "closures" ? "Closed" : "Other hours"} ${index + 1}`;
    const set = (field, value) => { all[index] = { ...all[index], [field]: value }; change(all); };
    const input = (field, label, props) => {
      const made = h("input", { ...props, "aria-label": `${name}: ${label}`, on: { change: () => set(field, made.value.trim()) } });
      made.value = entry[field] ?? "";
      return h("label", {}, h("span", { "aria-hidden": "true" }, label), made);
    };
    const who = h("select", { "aria-label": `${name}: who`, on: { change: () => set("who", who.value) } }, Object.entries(WHO).map(([value, text]) => h("option", { value }, text)));
    who.value = entry.who;
    const wrong = problems.filter((one) => entry.index !== null && one.field?.startsWith(`${key}.${entry.index}`));
    return h("li", {}, input("from", "From", { type: "date" }), input("until", "Until (or empty)", { type: "date" }), h("label", {}, h("span", { "aria-hidden": "true" }, "Who"), who),
      key === "special_hours" && h("div", { class: "days-hours" }, h("span", { "aria-hidden": "true" }, "Hours"), spansField(`${name}: hours`, entry.hours, (text) => set("hours", text))),
      input("reason", "Reason", { type: "text", maxlength: "120" }),
      h("button", { type: "button", class: "days-drop", "aria-label": `${name}: take away`, on: { click: () => { all = all.filter((_, at) => at !== index); change(all); draw(Math.max(0, index - 1)); } } }, "Take away"),
      wrong.map((one) => problemAt([one], file, one.field)));
  }

  function add() {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    all = [...all, { index: null, from: tomorrow, until: "", who: "everyone", ...(key === "special_hours" && { hours: "10:00-16:00" }), reason: "a day off" }];
    change(all);
    draw(all.length - 1);
  }

  draw();
  return node;
}
