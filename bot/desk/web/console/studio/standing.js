/** One line on how the files stand: what is wrong in them. */

import { fill, h } from "../dom.js";

/** Make the line; `look` asks anew. */
export function createStanding({ call, go }) {
  const node = h("div", { class: "studio-standing", role: "status" });
  let last = 0;

  async function look() {
    const mine = last += 1;
    const told = await call("GET", "files").catch(() => null);
    if (mine === last && told) draw(told);
  }

  function draw({ problems }) {
    fill(node, problems.length > 0 && h("details", { class: "studio-problems" },
      h("summary", {}, `${problems.length} to mend before you can publish`),
      h("ul", {}, problems.map(({ file, line, problem, mend }) => h("li", {}, h("code", {}, line ? `${file}:${line}` : file), h("p", {}, `${problem}. ${mend}.`))))));
  }

  return { node, look, close: () => { last += 1; } };
}
