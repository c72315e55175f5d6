/** The last rehearsal and the last real messages, with your changes beside what is live; started, watched, cancelled here. */

import { fill, h } from "../dom.js";

const SOON = 1500;
const LATER = 15_000;
const WORKS = {
  rehearsal: { title: "The scenes", verb: "Play the scenes", none: "The scenes were not played yet. It takes a minute or two." },
  answers: { title: "The last real messages", verb: "Read the last 200 messages", none: "Shows what your customers' last 200 messages would be answered now. Nothing is sent to anybody." },
};
const DIFFERS = { question: "Understood otherwise", answer: "Answered otherwise", confidence: "Surer or less sure" };

/** Make both cards; `found` is called when there is a new result. */
export function createResults({ call, tell, found }) {
  const node = h("div", { class: "rh-results" });
  const cards = Object.fromEntries(Object.keys(WORKS).map((name) => {
    const inside = h("div", { class: "rh-inside", role: "status" });
    const acts = h("div", { class: "studio-acts" });
    const more = h("div", {});
    node.append(h("section", { class: "studio-card", "aria-label": WORKS[name].title }, h("h3", {}, WORKS[name].title), inside, acts, more));
    return [name, { inside, acts, more, drawn: "" }];
  }));
  let told = null;
  let timer = 0;
  let closed = false;

  async function look() {
    clearTimeout(timer);
    const heard = await call("GET", "rehearsals/results").catch(() => null);
    if (closed) return;
    if (heard) {
      const before = JSON.stringify(told);
      told = heard;
      for (const name of Object.keys(WORKS)) draw(name);
      if (JSON.stringify(told) !== before) found();
    }
    timer = setTimeout(look, told && Object.values(told).some(({ job }) => job?.state === "running") ? SOON : LATER);
  }

  async function act(name, verb) {
    await call("POST", `rehearsals/${name}/${verb}`, {}, 60_000).catch((problem) => tell(problem.message));
    look();
  }

  function draw(name) {
    const { inside, acts, more } = cards[name];
    const { result, current, job } = told[name];
    const running = job?.state === "running";
    const step = running ? job.steps.at(-1) : null;
    const drawn = JSON.stringify(told[name]);
    if (cards[name].drawn === drawn) return;
    cards[name].drawn = drawn;
    fill(inside,
      running ? [h("p", {}, `${step?.step ?? "Beginning"}…${step?.of ? ` ${step.done} of ${step.of}` : ""}`), h("progress", { "aria-label": WORKS[name].title, max: step?.of ?? null, value: step?.of ? step.done : null })]
        : job && job.state !== "done" && h("p", { class: "studio-wrong" }, job.problem),
      result ? [summary(name, result), h("p", { class: "quiet" }, `${current ? "Of the files as they are now" : "Of earlier files: they have changed since"}; ${new Date(result.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}, started by ${result.author}.`)]
        : !running && h("p", {}, WORKS[name].none));
    fill(acts, running ? button("Cancel", () => act(name, "cancel")) : button(result ? `${WORKS[name].verb} again` : WORKS[name].verb, () => act(name, "start"), current ? null : "primary"));
    fill(more, !running && result && (name === "rehearsal" ? went(result) : messages(result)));
  }

  function summary(name, result) {
    if (name === "answers") return h("p", {}, result.messages ? `${result.differing} of ${result.messages} messages would be understood or answered otherwise.` : "There are no messages yet.");
    return h("p", {}, `With your changes ${right(result.draft)}; as it is live ${right(result.before)}.`);
  }

  function button(words, press, kind = null) {
    return h("button", { type: "button", class: kind, on: { click: ({ target }) => { target.disabled = true; press(); } } }, words);
  }

  function went({ draft, before }) {
    const live = new Map(before.scenes.map((scene) => [key(scene), scene]));
    const rows = draft.scenes.map((scene) => ({ scene, now: scene.verdict, was: live.get(key(scene))?.verdict ?? "" }))
      .filter(({ now, was }) => now !== "right" || now !== was);
    if (!rows.length) return h("p", { class: "studio-good" }, "Every scene went as it should.");
    return h("details", { class: "rh-went" }, h("summary", {}, `${rows.length} to look at`),
      h("div", { class: "rh-table", tabindex: "0", role: "region", "aria-label": "Scenes to look at" }, h("table", {},
        h("thead", {}, h("tr", {}, ["Scene", "As it is live", "With your changes"].map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, rows.map(({ scene, now, was }) => h("tr", {}, h("th", { scope: "row" }, scene.messages.at(-1)?.text ?? scene.id), h("td", { class: tone(was) }, was || "not played"), h("td", { class: tone(now) }, now)))))));
  }

  function messages({ messages: number }) {
    if (!number) return null;
    const rows = h("div", {});
    const details = h("details", { class: "rh-went", on: { toggle: async () => {
      if (!details.open || rows.children.length) return;
      fill(rows, h("p", { class: "quiet" }, "Loading…"));
      const heard = await call("GET", "rehearsals/answers").catch((problem) => ({ problem }));
      fill(rows, heard.problem ? h("p", { class: "studio-wrong" }, heard.problem.message) : h("ul", { class: "rh-messages" }, heard.rows.map(message)));
    } } }, h("summary", {}, "Show the messages"), rows);
    return details;
  }

  look();
  return {
    node,
    of: ({ file, id }) => {
      const of = (score) => score?.scenes.find((scene) => scene.file === file && scene.id === id)?.verdict;
      const result = told?.rehearsal.current ? told.rehearsal.result : null;
      const verdict = of(result?.draft);
      const was = of(result?.before);
      return verdict && { verdict, words: verdict === was || !was ? `It went: ${verdict}.` : `It went: ${verdict}; as it is live: ${was}.` };
    },
    close: () => { closed = true; clearTimeout(timer); },
  };
}

function message({ text, at, differs, live, draft }) {
  const said = ({ title, confidence, answer }) => [h("p", {}, `“${title}” (${confidence.toFixed(2)})`), h("p", { class: "quiet" }, answer)];
  return h("li", { class: "studio-card" }, h("p", { class: "rh-said" }, h("q", {}, text)),
    h("p", { class: "quiet" }, [DIFFERS[differs] ?? "The same", new Date(at).toLocaleDateString()].join(" · ")),
    differs ? h("dl", {}, h("dt", {}, "As it is live"), h("dd", {}, said(live)), h("dt", {}, "With your changes"), h("dd", {}, said(draft))) : said(draft));
}

const key = ({ file, id }) => `${file} ${id}`;
const right = ({ scenes, kinds }) => `${Object.values(kinds).reduce((sum, kind) => sum + kind.right, 0)} of ${scenes.length} scenes went right`;
const tone = (verdict) => (verdict === "right" ? "studio-good" : verdict ? "studio-wrong" : null);
