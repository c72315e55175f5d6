/** One line on how the files stand: what is wrong in them, and how much of them is not published. */

import { fill, h } from "../dom.js";

/** Make the line; `look` asks anew. */
export function createStanding({ call }) {
  const node = h("div", { class: "studio-standing", role: "status" });
  let last = 0;

  async function look() {
    const mine = last += 1;
    const told = await call("GET", "publish/standing").catch(() => null);
    if (mine === last && told) draw(told);
  }

  function draw({ problems, count, live, publishing }) {
    fill(node,
      problems.length > 0 && h("details", { class: "studio-problems" },
        h("summary", {}, `${problems.length} to mend before you can publish`),
        h("ul", {}, problems.map(({ file, line, problem, mend }) => h("li", {}, h("code", {}, line ? `${file}:${line}` : file), h("p", {}, `${problem}. ${mend}.`))))),
      (count > 0 || publishing) && h("p", { class: "studio-unpublished" },
        h("span", {}, publishing ? "A version is being published." : `${count === 1 ? "1 change is" : `${count} changes are`} not published. Customers get version ${live.number}.`),
        h("a", { href: "#/studio/publish" }, publishing ? "See how it gets on" : count === 1 ? "Look at it" : "Look at them")));
  }

  return { node, look, close: () => { last += 1; } };
}
