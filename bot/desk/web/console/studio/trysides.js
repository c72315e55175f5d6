/** How the two private copies stand: starting with what is being done, running, behind the files, or not there. */

import { fill, h, say } from "../dom.js";

const TITLES = { live: "As it is live", draft: "With your changes" };
const SOON = 1000;
const LATER = 6000;

/** Make the two cards; `changed` is called whenever something about them is different. */
export function createSides({ call, tell, changed }) {
  const cards = Object.fromEntries(Object.entries(TITLES).map(([side, title]) => [side, createCard(side, title)]));
  const node = h("div", { class: "try-sides" }, cards.live.node, cards.draft.node);
  let state = null;
  let timer = 0;
  let closed = false;

  function createCard(side, title) {
    const words = h("p", { class: "try-state" });
    const meter = h("progress", { "aria-label": `Training of ${title.toLowerCase()}`, hidden: true });
    const wrong = h("p", { class: "studio-wrong" });
    const acts = h("div", { class: "studio-acts" });
    const status = h("div", { role: "status" }, words, wrong);
    return { node: h("section", { class: "studio-card try-side", "data-side": side, "aria-label": title }, h("h3", {}, title), status, meter, acts), words, meter, wrong, acts, drawn: "" };
  }

  async function look() {
    clearTimeout(timer);
    const told = await call("GET", "trial").catch(() => null);
    if (closed) return;
    if (told) draw(told);
    const moving = told && Object.keys(TITLES).some((side) => told[side].state === "preparing");
    timer = setTimeout(look, moving ? SOON : LATER);
  }

  async function open() {
    await look();
    if (!state || closed) return;
    // The draft first: it is what somebody came for. One that is behind the files takes them up.
    for (const side of ["draft", "live"]) {
      const { state: now, stale } = state[side];
      if (now === "off" ? state.room : stale) await start(side, { quiet: true });
    }
  }

  async function act(path, { quiet = false } = {}) {
    try {
      draw(await call("POST", `trial/${path}`, {}, 60_000));
    } catch (problem) {
      if (!quiet) tell(problem.message);
    }
    look();
  }

  const start = (side, how) => act(`${side}/start`, how);

  function draw(told) {
    state = told;
    for (const [side, card] of Object.entries(cards)) drawCard(side, card, told[side], told.training);
    changed();
  }

  function drawCard(side, card, { state: now, step, problem, stale, seconds }, training) {
    const learning = now === "preparing" && step === "Training" && training?.state === "running";
    const phase = learning ? training.steps.at(-1) : null;
    say(card.words, now === "preparing" ? `${phase ? `Training: ${lower(phase.step)}` : step || "Waiting for the other copy"}…`
      : now === "off" ? "Not running. It ends after ten minutes without a word."
        : stale ? "Running, but the files have changed since."
          : `Running${seconds >= 1 ? `, up to date after ${Math.round(seconds)} s` : ""}.`);
    say(card.wrong, now === "preparing" ? "" : problem);
    card.meter.hidden = now !== "preparing";
    if (phase) { card.meter.max = phase.of; card.meter.value = phase.done + 0.5; } else { card.meter.removeAttribute("value"); }
    const drawn = `${now} ${learning} ${stale}`;
    if (card.drawn === drawn) return;
    card.drawn = drawn;
    fill(card.acts,
      now === "off" && button("Start it", () => start(side), "primary"),
      now === "running" && stale && button("Take up the changes", () => start(side), "primary"),
      learning && button("Cancel the training", () => act("training/cancel")),
      now === "running" && button("Stop it", () => act(`${side}/stop`)));
  }

  function button(words, act, kind = null) {
    return h("button", { type: "button", class: kind, on: { click: ({ target }) => { target.disabled = true; act(); } } }, words);
  }

  return {
    node, open, look,
    runs: (side) => state?.[side].state === "running",
    customers: () => state?.customers ?? [],
    close: () => { closed = true; clearTimeout(timer); },
  };
}

const lower = (words) => words.charAt(0).toLowerCase() + words.slice(1);
