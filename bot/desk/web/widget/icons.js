/** Our few drawings. All are decoration: the button or line around them carries the name. */

import { svg } from "./dom.js";

function drawing(...paths) {
  const lines = paths.map((d) => svg("path", { d }));
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", class: "icon" }, ...lines);
}

/** Kindhand's mark: somebody, held by an open hand. */
export function cradle() {
  const mark = drawing("M3.5 11.5c0 5 3.6 9 8.5 9s8.5-4 8.5-9", "M8 12.2c.6 2.2 2.1 3.6 4 3.6s3.4-1.4 4-3.6");
  mark.append(svg("circle", { cx: 12, cy: 6.6, r: 3.1, class: "solid" }));
  return mark;
}

export const cross = () => drawing("M6 6l12 12", "M18 6L6 18");
export const arrowUp = () => drawing("M12 19V5", "M5.5 11.5L12 5l6.5 6.5");
export const arrowDown = () => drawing("M12 5v14", "M5.5 12.5L12 19l6.5-6.5");
export const person = () => drawing("M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5z", "M4.5 20c.7-3.6 3.7-6 7.5-6s6.8 2.4 7.5 6");
