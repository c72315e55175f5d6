/** Two owners changed the same story: both, side by side, and one is kept. */

import { h } from "../dom.js";
import { nameOf } from "./storywords.js";

/** Show both; `keep()` goes on with one's own, `take()` with theirs. */
export function createSides({ mine, theirs, by, words, keep, take }) {
  const side = (title, { name, steps }) => h("div", { class: "s-side" }, h("h4", {}, title), h("p", { dir: "auto" }, h("strong", {}, name)),
    h("ol", {}, steps.map((step) => h("li", { dir: "auto" }, sentence(nameOf(step, words))))));
  return h("section", { class: "studio-card s-sides", "aria-labelledby": "s-sides", tabindex: "-1" },
    h("h3", { id: "s-sides" }, `${by} changed it while you did`),
    h("p", {}, "Nothing is lost. Choose the one to go on with; nothing is saved before you save."),
    h("div", { class: "s-both" }, side("Yours", mine), side(`Theirs (${by})`, theirs)),
    h("div", { class: "studio-acts" },
      h("button", { type: "button", class: "primary", on: { click: keep } }, "Go on with mine"),
      h("button", { type: "button", on: { click: take } }, "Take theirs")));
}

const sentence = (text) => text[0].toUpperCase() + text.slice(1);
