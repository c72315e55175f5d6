/** Rules and stories: the list, and one of them as the chat it is.
 *
 * Addresses: `stories`, `stories/story:NAME`, `stories/new/story`, `stories/new/rule`, `stories/from/CONVERSATION`.
 */

import { createStory } from "./story.js";
import { createStoryList } from "./storylist.js";

/** Make the part, as `main.js` tells. */
export function createPart(studio) {
  const made = chosen(studio);
  // Escape closes what is open here; it must not leave the page with what is being written.
  made.node.addEventListener("keydown", (event) => { if (event.key === "Escape") event.stopPropagation(); });
  return made;
}

function chosen(studio) {
  const [first, second] = studio.rest;
  if (!first) return createStoryList(studio);
  if (first === "new") return createStory(studio, { kind: second === "rule" ? "rule" : "story" });
  return first === "from" ? createStory(studio, { conversation: second }) : createStory(studio, { id: first });
}
