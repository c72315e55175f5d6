/** Questions and their answers: the list, one of them, a new one, many at once.
 *
 * Addresses: `questions`, `questions/decaf`, `questions/add/one` (`/EXAMPLE` begins it with that), `questions/add/many`.
 */

import { createEditor } from "./question.js";
import { createImport } from "./import.js";
import { createList } from "./questionlist.js";

/** Make the part, as `main.js` tells. */
export function createPart(studio) {
  const made = chosen(studio);
  // Escape closes what is open here; it must not leave the page with what is being written.
  made.node.addEventListener("keydown", (event) => { if (event.key === "Escape") event.stopPropagation(); });
  return made;
}

function chosen(studio) {
  const [intent, way, example] = studio.rest;
  if (!intent) return createList(studio);
  if (!way) return createEditor(studio, { intent });
  return way === "many" ? createImport(studio) : createEditor(studio, { example });
}
