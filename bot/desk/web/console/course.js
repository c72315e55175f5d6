/** The mood course: a small line with marked moments, and the same in words. */

import { fill, h, s } from "./dom.js";
import { moodSign, moodWord } from "./shapes.js";

const WIDTH = 300;
const HEIGHT = 84;
const EDGE = 14;
const START = 56; // room for the two words at the side
const MOST = 9;

/** Draw the course of `moments`; `show` brings a message into view. */
export function moodCourse(moments, show) {
  if (moments.length < 2) return h("p", { class: "quiet" }, "Too little was said to draw a course.");
  const caption = h("p", { class: "course-words", "aria-hidden": "true" });
  const marked = worthMarking(moments);
  const worst = marked.reduce((one, other) => (other.level >= one.level ? other : one));
  const dots = new Map(marked.map((moment) => [moment, dot(moment, moments, tell, show)]));

  function tell(moment) {
    fill(caption, h("span", { class: "course-sign", "data-mood": moment.label }, moodSign(moment.label)), h("span", {}, words(moment)));
    for (const [other, node] of dots) node.toggleAttribute("data-told", other === moment);
  }

  tell(worst);
  return h("div", { class: "course" },
    h("div", { class: "course-frame" }, line(moments), h("span", { class: "course-top", "aria-hidden": "true" }, "Urgent"), h("span", { class: "course-bottom", "aria-hidden": "true" }, "Calm"), [...dots.values()]), caption,
    h("details", {}, h("summary", {}, "The course in words"), h("ol", { class: "course-list" }, moments.map((moment) => h("li", {}, jump(moment, show))))));
}

const across = (index, moments) => START + (index * (WIDTH - START - EDGE)) / (moments.length - 1);
const up = ({ level }) => HEIGHT - EDGE - level * (HEIGHT - 2 * EDGE);

function line(moments) {
  const points = moments.map((moment, index) => `${across(index, moments).toFixed(1)},${up(moment).toFixed(1)}`).join(" ");
  const rule = (level) => s("line", { class: "course-rule", x1: START - EDGE, x2: WIDTH, y1: up({ level }), y2: up({ level }) });
  return s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": summary(moments) },
    rule(0), rule(0.5), rule(1), s("polyline", { points, "vector-effect": "non-scaling-stroke" }));
}

function summary(moments) {
  const last = moments.at(-1);
  return `Mood over ${moments.length} messages: from ${moments[0].label} to ${last.label}.`;
}

// Two marks closer than a fingertip help nobody: keep the ends and where the mood moved most.
function worthMarking(moments) {
  if (moments.length <= MOST) return moments;
  const moved = (moment) => Math.abs(moment.level - (moments[moments.indexOf(moment) - 1]?.level ?? moment.level)) + (moment.cues?.length ? 1 : 0);
  const apart = (chosen, moment) => chosen.every((other) => Math.abs(moments.indexOf(other) - moments.indexOf(moment)) * (WIDTH - START - EDGE) / (moments.length - 1) >= 26);
  const chosen = [];
  for (const moment of [...moments].sort((one, other) => moved(other) - moved(one))) if (chosen.length < MOST && apart(chosen, moment)) chosen.push(moment);
  return moments.filter((moment) => chosen.includes(moment));
}

function dot(moment, moments, tell, show) {
  const node = h("button", { type: "button", class: "dot", "data-mood": moment.label, "aria-label": words(moment),
    on: { focus: () => tell(moment), pointerenter: () => tell(moment), click: () => show(moment.seq) } }, moodSign(moment.label));
  node.style.left = `${(across(moments.indexOf(moment), moments) / WIDTH) * 100}%`;
  node.style.top = `${(up(moment) / HEIGHT) * 100}%`;
  return node;
}

function jump(moment, show) {
  return h("button", { type: "button", class: "link", on: { click: () => show(moment.seq) } }, words(moment));
}

function words({ label, quote, cues }) {
  const said = quote ? `: “${quote}”` : "";
  const why = cues?.length ? ` (${cues.join(", ")})` : "";
  return `${moodWord(label)}${said}${why}`;
}
