/** The owner's settings: when a person takes over, opening hours, what the chat says, how the tones sound. */

import { fill, h } from "../dom.js";

export const PANES = [
  ["person", "When a person comes", () => import("./settingsladder.js")],
  ["hours", "Opening hours", () => import("./settingshours.js")],
  ["sentences", "What the chat says", () => import("./settingssentences.js")],
  ["tones", "Tones", () => import("./settingstones.js")],
];

/** Make the part, as `main.js` tells; each pane is a module that exports `createPane(studio)`. */
export function createPart(studio) {
  const [name, title, load] = PANES.find(([known]) => known === studio.rest[0]) ?? PANES[0];
  const heading = h("h2", { tabindex: "-1" }, title);
  const inside = h("div", { class: "settings-pane" }, h("p", { class: "quiet" }, "Loading…"));
  const node = h("div", { class: "settings" },
    h("nav", { class: "settings-nav", "aria-label": "Settings" }, h("ul", {}, PANES.map(([key, words]) =>
      h("li", {}, h("a", { href: `#/studio/settings/${key}`, "aria-current": key === name && "page" }, words))))),
    heading, inside);
  let open = null;
  let left = false;

  function focus() {
    node.querySelector(".settings-nav [aria-current]").scrollIntoView({ block: "nearest", inline: "center" });
    if (studio.rest[0]) heading.focus({ preventScroll: true });
  }

  async function show() {
    try {
      const { createPane } = await load();
      const made = await createPane(studio);
      if (left) { made.close?.(); return; }
      open = made;
      fill(inside, made.node);
    } catch (problem) {
      fill(inside, unreadable(problem), h("div", {}, h("button", { type: "button", on: { click: show } }, "Try again")));
    }
  }

  show();
  return { node, focus, close: () => { left = true; open?.close?.(); } };
}

function unreadable(problem) {
  const { file, line, mend } = problem.details ?? {};
  if (!file) return h("p", { class: "studio-wrong" }, problem.message || "This did not load. Nothing is lost.");
  return h("div", { class: "studio-problems" }, h("p", { class: "studio-wrong" }, "This file has to be mended in an editor before it can be shown here."),
    h("p", {}, h("code", {}, line ? `${file}:${line}` : file), ` ${problem.details.problem ?? problem.message}. ${mend ?? ""}`));
}
