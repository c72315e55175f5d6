/** Mood, trend and the few icons: always a shape and a word, never colour alone. */

import { h, s } from "./dom.js";

const MOODS = {
  calm: ["Calm", () => s("circle", { cx: 8, cy: 8, r: 5 })],
  uneasy: ["Uneasy", () => s("path", { d: "M8 2.5 13.5 8 8 13.5 2.5 8z" })],
  upset: ["Upset", () => s("path", { d: "M8 2.5 14 13H2z" })],
  urgent: ["Urgent", () => s("path", { d: "M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5z" })],
};
const TRENDS = {
  rising: ["rising", "M4 12 12 4M6 4h6v6"],
  steady: ["steady", "M2 8h12M10 4l4 4-4 4"],
  easing: ["easing", "M4 4l8 8M12 6v6H6"],
};
const ICONS = {
  back: "M10 3 5 8l5 5",
  person: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM11 11l3 3",
  robot: "M3 6h10v7H3zM8 6V3M6 9v1M10 9v1",
  lock: "M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  cup: "M3 6h8v4a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3zM11 7h1.5a1.5 1.5 0 0 1 0 3.5H11M5.5 1.5v2M8.5 1.5v2",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5",
  tune: "M2 4.5h7M13 4.5h1M11 2.5v4M2 11.5h2M8 11.5h6M6 9.5v4",
  clip: "M13 7.5 8 12.5a3 3 0 0 1-4.3-4.3l5.6-5.6a2 2 0 0 1 2.9 2.9L6.7 11a1 1 0 0 1-1.4-1.4l4.6-4.6",
  page: "M4 1.5h5.5L13 5v9.5H4zM9.5 1.5V5H13",
  star: "M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4 4.3 13.5l.8-4.2L2 6.4l4.2-.5z",
};

export const MOOD_LABELS = Object.keys(MOODS);
export const moodWord = (label) => (MOODS[label] ?? MOODS.calm)[0];

/** Draw the sign of a mood; the word stands beside it. */
export function moodSign(label) {
  return s("svg", { class: "sign", viewBox: "0 0 16 16", "aria-hidden": "true" }, (MOODS[label] ?? MOODS.calm)[1]());
}

/** Show a mood: shape, word, and where it is going. */
export function moodBadge(mood) {
  const [trend, path] = TRENDS[mood.trend] ?? TRENDS.steady;
  return h("span", { class: "mood", "data-mood": mood.label },
    moodSign(mood.label), h("span", { class: "mood-word" }, moodWord(mood.label)),
    h("span", { class: "trend" }, line(path), trend));
}

/** Mark a customer as one the business treats with special care. */
export function vip() {
  return h("span", { class: "vip" }, icon("star"), "VIP");
}

/** Draw an icon by name; whoever uses it puts a word beside it. */
export const icon = (name) => line(ICONS[name]);

function line(path) {
  return s("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, s("path", { d: path }));
}
