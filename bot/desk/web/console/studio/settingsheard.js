/** What customers would hear with the hours as they stand on the screen, also before they are saved. */

import { fill, h } from "../dom.js";

const PAUSE = 300;

/** Make the card; `found` gets each answer, with the holidays of the calendar. */
export function createHeard(studio, { found }) {
  const inside = h("div", { class: "heard-inside" });
  const node = h("aside", { class: "studio-card heard", "aria-labelledby": "heard-title" }, h("h3", { id: "heard-title" }, "What customers hear"), inside);
  let timer = null;
  let asked = 0;

  function ask(values) {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = asked += 1;
      try {
        const told = await studio.call("GET", `settings/opening/heard?${new URLSearchParams({ draft: JSON.stringify(values) })}`);
        if (mine === asked) { draw(told); found(told); }
      } catch (problem) {
        if (mine === asked) fill(inside, h("p", { class: "studio-wrong" }, problem.message));
      }
    }, PAUSE);
  }

  function show(values, known) {
    draw({ heard: known.heard, problems: [] });
    if (values !== known.values) ask(values);
  }

  function draw({ heard, problems }) {
    if (!heard) { fill(inside, h("p", { class: "quiet" }, "Another file of the business has to be mended first; see above.")); return; }
    fill(inside, problems.length > 0 && h("ul", { class: "studio-wrong", role: "status" }, problems.map(({ problem, mend }) => h("li", {}, `${problem}. ${mend}.`))),
      h("h4", {}, `Today, ${heard.day}`), said(heard.today), said(heard.support),
      h("h4", {}, "Somebody who needs a person now"), said(heard.person, heard.open_now && "As soon as somebody has the console open and has room."),
      h("h4", {}, "In a usual week"), said(`${heard.week}.`),
      heard.odd.length > 0 && [h("h4", {}, "Days that are not like every week"), h("ul", { class: "odd-days" }, heard.odd.map(({ day, cafes, support }) =>
        h("li", {}, h("strong", {}, day), h("span", {}, `Shops: ${cafes}`), h("span", {}, `People: ${support}`))))]);
  }

  return { node, ask, show, close: () => { clearTimeout(timer); asked += 1; } };
}

const said = (text, note = null) => h("p", { class: "tone-bubble" }, text, note && h("small", {}, note));
