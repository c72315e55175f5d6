/** Our few drawings. All are decoration: the button or line around them carries the name. */

import { svg } from "./dom.js";

function drawing(...paths) {
  const lines = paths.map((d) => svg("path", { d }));
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", class: "icon" }, ...lines);
}

function filled(drawn, ...circles) {
  drawn.append(...circles.map(([cx, cy, r]) => svg("circle", { cx, cy, r, class: "solid" })));
  return drawn;
}

/** Kindhand's mark: somebody, held by an open hand. */
export const cradle = () => filled(drawing("M3.5 11.5c0 5 3.6 9 8.5 9s8.5-4 8.5-9", "M8 12.2c.6 2.2 2.1 3.6 4 3.6s3.4-1.4 4-3.6"), [12, 6.6, 3.1]);
export const dots = () => filled(drawing(), [5, 12, 1.8], [12, 12, 1.8], [19, 12, 1.8]);
export const face = () => filled(drawing("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M8 14c.8 1.6 2.3 2.5 4 2.5s3.2-.9 4-2.5"), [9, 9.8, 1.3], [15, 9.8, 1.3]);
export const cross = () => drawing("M6 6l12 12", "M18 6L6 18");
export const tick = () => drawing("M5 12.5l4.5 4.5L19 7.5");
export const arrowUp = () => drawing("M12 19V5", "M5.5 11.5L12 5l6.5 6.5");
export const arrowDown = () => drawing("M12 5v14", "M5.5 12.5L12 19l6.5-6.5");
export const clip = () => drawing("M19.5 11.5l-7.8 7.8a4.6 4.6 0 0 1-6.5-6.5l8.5-8.5a3.1 3.1 0 0 1 4.4 4.4l-8.3 8.3a1.5 1.5 0 0 1-2.2-2.2l7.2-7.2");
export const page = () => drawing("M6 3h8l4 4v14H6z", "M14 3v4h4");
export const person = () => drawing("M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5z", "M4.5 20c.7-3.6 3.7-6 7.5-6s6.8 2.4 7.5 6");
/** Waves that a line runs through: no connection. */
export const noLine = () => drawing("M5 12.5a10 10 0 0 1 14 0", "M8.5 16a5 5 0 0 1 7 0", "M4 4l16 16");
