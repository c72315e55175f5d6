/** Earlier conversations with the same customer: when, about what, how they ended, with whom. */

import { h } from "./dom.js";
import { route } from "./route.js";
import { date } from "./time.js";
import { OUTCOMES } from "./words.js";

const NAMED = { handed_back: "Handed back to the assistant", withdrawn: "Went on with the assistant", resolved: "Resolved", ended: "Ended by the customer" };

/** Draw them, each a link to the whole of it. */
export function earlierNodes(earlier, identified) {
  if (!earlier?.length) return h("p", { class: "quiet" }, identified ? "This is the first conversation with them here." : "Earlier conversations are found only for customers who are signed in.");
  return h("ul", { class: "earlier" }, earlier.map(({ id, at, situation, outcome, agent }) => h("li", {},
    h("a", { href: route("resolved", id) }, h("span", { class: "earlier-what", dir: "auto" }, situation || "A conversation with the assistant"),
      h("span", { class: "quiet" }, [date(at), outcome && (OUTCOMES[outcome] ?? NAMED[outcome] ?? outcome.replaceAll("_", " ")), typeof agent === "object" ? agent?.name : agent].filter(Boolean).join(" · "))))));
}
