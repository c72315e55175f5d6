/** How publishing gets on: its steps, whether it can still be called off, and what came of it. */

import { fill, h } from "../dom.js";

const EVERY = 1000;
const ENDS = { failed: "It was not published", cancelled: "It was called off", stopped: "It was cut short" };

/** Watch the job; `ended(job)` is called once, when one that was seen running is over. */
export function createJob({ call, ended }) {
  const steps = h("ol", { class: "pub-steps" });
  const title = h("h3", { id: "pub-job" });
  const said = h("p", { role: "status" });
  const off = h("button", { type: "button", on: { click: cancel } }, "Call it off");
  const node = h("section", { class: "studio-card pub-job", "aria-labelledby": "pub-job", hidden: true }, title, steps, said, h("div", { class: "studio-acts" }, off));
  let timer = 0;
  let watched = false; // it was seen running, so it stays in sight when it is over
  let over = true;
  let closed = false;

  function draw(job) {
    clearTimeout(timer);
    const running = job?.state === "running";
    if (closed) return;
    node.hidden = !job || (!running && !watched && job.state === "done");
    if (!job) return;
    node.dataset.state = job.state;
    title.textContent = running ? doing(job) : job.state === "done" ? done(job) : ENDS[job.state] ?? "It ended";
    fill(steps, job.steps.map((step, index) => line(step, running && index === job.steps.length - 1, job.state)));
    said.textContent = job.state === "done" ? after(job) : job.problem;
    off.hidden = !running;
    if (running) { watched = true; over = false; timer = setTimeout(look, EVERY); } else if (!over) { over = true; ended(job); }
  }

  async function look() {
    try {
      draw((await call("GET", "publish/job")).job);
    } catch {
      if (!closed) timer = setTimeout(look, EVERY * 2); // the desk may just be starting again
    }
  }

  async function cancel() {
    off.disabled = true;
    said.textContent = "Calling it off…";
    await call("POST", "publish/cancel", {}, 60_000).then(({ job }) => draw(job)).catch((problem) => { said.textContent = problem.message; });
    off.disabled = false;
  }

  return { node, draw, close: () => { closed = true; clearTimeout(timer); } };
}

function line({ step, done, of }, now, state) {
  const mark = now ? "…" : state === "failed" ? "" : "✓";
  return h("li", { "aria-current": now && "step" }, h("span", { class: "pub-mark", "aria-hidden": "true" }, mark), step,
    now && of > 0 && h("progress", { value: done, max: of, "aria-label": `${step}: ${done} of ${of}` }));
}

const doing = ({ about, author }) => (about.what === "back" ? `Going back to version ${about.number}` : "Publishing") + `, begun by ${author}`;
const done = ({ result }) => `Version ${result.version.number} is ${result.served ? "live" : "published"}`;

function after({ result }) {
  const told = [];
  if (!result.served) told.push("Kindhand itself is not running from here; the next start serves it.");
  if (result.kept) told.push("What was not published was put aside.");
  return told.join(" ");
}
