/** One line on top that says the desk is still working, for whatever takes over a second. */

import { h } from "./dom.js";

const PATIENCE = 1000;

/** Make the line; `busy` is told how many calls are on their way. */
export function createProgress() {
  const node = h("div", { class: "progress", role: "progressbar", "aria-label": "Waiting for the desk", hidden: true }, h("i", {}));
  let timer = null;

  function busy(running) {
    if (running && !timer) timer = setTimeout(() => { node.hidden = false; }, PATIENCE);
    if (!running) { clearTimeout(timer); timer = null; node.hidden = true; }
  }

  return { node, busy };
}
